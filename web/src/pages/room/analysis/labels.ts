import type { NodeKind, Signal, Tag } from '#lib/record/types.ts';

/** The kinds between which a row can change; a turning point stays one. */
export const ROW_KINDS = ['question', 'answer', 'finding'] as const;

export const KIND_LABELS: Readonly<Record<NodeKind, string>> = {
  question: 'Question',
  answer: 'Answer',
  finding: 'Finding',
  moment: 'Turning point',
};

export const PLACEHOLDERS: Readonly<Record<NodeKind, string>> = {
  question: 'How …?',
  answer: 'Because …',
  finding: 'What made it hard',
  moment: 'What turned here, if it needs words',
};

export const TAG_LABELS: Readonly<Record<Tag, string>> = {
  probing: 'Made probing hard',
  sensing: 'Made sensing hard',
  responding: 'Made responding hard',
};

export const SIGNAL_LABELS: Readonly<Record<Signal, string>> = {
  absent: 'No signal was there',
  unseen: 'There, and nobody saw it',
  misread: 'Seen, and taken for something else',
  not_actionable: 'Seen, and nothing could be done with it',
};

/** Systems that are often involved; any other may be written. */
export const SYSTEMS = ['alerting', 'CI', 'deploy', 'chat', 'dashboards', 'docs', 'code review'];

const MOST = 40;

/** The beginning of words that stand for the whole. */
export function start(words: string, most = MOST): string {
  return words.length > most ? `${words.slice(0, most).trimEnd()}…` : words;
}
