import type { Event } from '#api/types.ts';

export type EventKind = Event['kind'];
export type TimeMark = Event['marks'][number];

/** Each kind with its name, and its sign on a square of 16. */
export const EVENT_KINDS: readonly { value: EventKind; label: string; sign: string }[] = [
  { value: 'alert', label: 'Alert', sign: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.2' },
  { value: 'change', label: 'Change', sign: 'M2.5 5.5h9l-3-3M13.5 10.5h-9l3 3' },
  {
    value: 'ticket',
    label: 'Ticket',
    sign: 'M1.5 4h13v3a1.6 1.6 0 0 0 0 3v3h-13v-3a1.6 1.6 0 0 0 0-3z',
  },
  { value: 'message', label: 'Message', sign: 'M2 2.5h12v8.5H7.5L4.5 14v-3H2zM5 5.5h6M5 8h4' },
  {
    value: 'page',
    label: 'Page',
    sign: 'M8 1.8a4 4 0 0 1 4 4v3.4l1.5 2.3h-11L4 9.2V5.8a4 4 0 0 1 4-4zM6.5 14h3',
  },
  { value: 'note', label: 'Note', sign: 'M3.5 1.8h6.2l3 3v9.4H3.5zM6 7.5h4.5M6 10.5h4.5' },
];

export function eventKind(kind: EventKind) {
  return EVENT_KINDS.find(({ value }) => value === kind) ?? { value: kind, label: kind, sign: '' };
}

const MARKS: Readonly<Record<TimeMark, string>> = {
  missing: 'It came without a time: this is when it arrived.',
  'no-zone': 'Its time named no zone, and was read as UTC.',
  future: 'Its time lay ahead of the server’s clock when it arrived.',
  'long-ago': 'Its time lies too far back to be meant.',
};

/** What is odd about an event's time, in a sentence. */
export function markWords(mark: TimeMark): string {
  return MARKS[mark];
}
