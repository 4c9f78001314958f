import type { Attending } from '#api/types.ts';
import { clock, day, isLocalDifferent, longDay, zoneName } from '#lib/time.ts';

/** From when until when. */
export interface Span {
  readonly starts_at: string;
  readonly ends_at: string;
}

/** What people can answer, as buttons and lists say it. */
export const ANSWERS: readonly { readonly value: Attending; readonly label: string }[] = [
  { value: 'yes', label: 'I will be there' },
  { value: 'maybe', label: 'I may be there' },
  { value: 'no', label: 'I cannot come' },
];

/** `10:00 to 11:00`, with the day at its end where that is another. */
function hours({ starts_at, ends_at }: Span, zone: string): string {
  const end = day(starts_at, zone) === day(ends_at, zone) ? '' : `${longDay(ends_at, zone)}, `;
  return `${clock(starts_at, zone)} to ${end}${clock(ends_at, zone)}`;
}

/** When a call is: on the reader's clock, and in UTC beside it where that says something else. */
export function when(call: Span, zone: string): { own: string; utc: string | undefined } {
  const { starts_at } = call;
  if (!isLocalDifferent(starts_at, zone)) {
    return { own: `${longDay(starts_at)}, ${hours(call, 'UTC')} UTC`, utc: undefined };
  }
  const otherDay = day(starts_at, zone) === day(starts_at) ? '' : `${longDay(starts_at)}, `;
  return {
    own: `${longDay(starts_at, zone)}, ${hours(call, zone)} ${zoneName(starts_at, zone)}`,
    utc: `${otherDay}${hours(call, 'UTC')} UTC`,
  };
}

/** Who comes, in a sentence: `5 come, 1 may, 3 have not said`. */
export function attendance(all: readonly { readonly answer?: Attending | null }[]): string {
  if (all.length === 0) return 'Nobody is asked to it yet';
  const count = (wanted: Attending | null) =>
    all.filter(({ answer }) => (answer ?? null) === wanted).length;
  const parts = [
    counted(count('yes'), 'comes', 'come'),
    counted(count('maybe'), 'may come', 'may come'),
    counted(count('no'), 'cannot come', 'cannot come'),
    counted(count(null), 'has not said', 'have not said'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function counted(count: number, one: string, more: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : more}`;
}
