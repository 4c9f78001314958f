import type { FeedbackKind } from '#api/types.ts';

export interface KindWords {
  readonly kind: FeedbackKind;
  /** What is chosen. */
  readonly label: string;
  /** What stands beside the words. */
  readonly badge: string;
  readonly placeholder: string;
}

export const KINDS: readonly KindWords[] = [
  {
    kind: 'question',
    label: 'A question you could have asked',
    badge: 'A question',
    placeholder: 'Had you asked support here, what might have come up?',
  },
  {
    kind: 'worked',
    label: 'This worked',
    badge: 'This worked',
    placeholder: 'You waited, and then the quietest person spoke.',
  },
  {
    kind: 'other',
    label: 'Something else',
    badge: 'A thought',
    placeholder: 'What did you notice about how it was led?',
  },
];

export function badgeOf(wanted: FeedbackKind): string {
  return KINDS.find(({ kind }) => kind === wanted)?.badge ?? '';
}
