import type { Kind } from '#lib/record/types.ts';

/** The kinds of moment, in the order of their quick keys (Alt+1 to Alt+8). */
export const KIND_OPTIONS: readonly { value: Kind; label: string; meaning: string }[] = [
  { value: 'observed', label: 'Observed', meaning: 'Somebody saw or heard it' },
  { value: 'did', label: 'Did', meaning: 'Somebody did it' },
  { value: 'said', label: 'Said', meaning: 'Somebody said or wrote it, word for word' },
  { value: 'believed', label: 'Believed', meaning: 'What somebody took to be so just then' },
  { value: 'alert', label: 'Alert', meaning: 'A monitoring system spoke' },
  { value: 'change', label: 'Change', meaning: 'Software, configuration or data changed' },
  { value: 'ticket', label: 'Ticket', meaning: 'A customer or colleague reported it' },
  { value: 'note', label: 'Note', meaning: 'Anything else' },
];

export function kindLabel(kind: Kind): string {
  return KIND_OPTIONS.find(({ value }) => value === kind)?.label ?? kind;
}

/** The kind that Alt and a digit mean. The code counts, as Alt changes the letter on a Mac. */
export function quickKind(event: KeyboardEvent): Kind | undefined {
  const digit =
    event.altKey && !event.ctrlKey && !event.metaKey ? /^Digit([1-8])$/.exec(event.code) : null;
  return digit ? KIND_OPTIONS[Number(digit[1]) - 1]?.value : undefined;
}

/** Kinds that tell what a tool or a customer said, where they cite it. */
const REPORTED: readonly Kind[] = ['alert', 'change', 'ticket'];

/** Where an entry's words stand, as the check of wordings has it: speech and evidence are not its. */
export function wordingField(kind: Kind, cites: boolean): string {
  if (kind === 'said') return 'said';
  return cites && REPORTED.includes(kind) ? 'evidence' : 'text';
}
