/** Words of one's own that are not sent yet, kept by this browser alone. */
import { forgetDraft, keepDraft, keptDraft } from '#lib/kept/drafts.ts';
import { randomId } from './random-id.ts';

export interface KeptAnswer {
  /** Under which it is sent, so that what is sent twice is taken once. */
  readonly id: string;
  readonly text: string;
  readonly when: string;
}

export interface Kept {
  readonly anonymous: boolean;
  /** By the question. */
  readonly answers: Readonly<Record<string, KeptAnswer>>;
}

const NOTHING: Kept = { anonymous: false, answers: {} };

export function keptInput(writer: string, key: string): Kept {
  return readKept(keptDraft(writer, nameOf(key)));
}

/**
 * Keeps what is written; forgets it where nothing is. Without storage the words stand there for
 * as long as the page is open.
 */
export function keepInput(writer: string, key: string, kept: Kept): void {
  const written = Object.values(kept.answers).some(({ text, when }) => (text + when).trim() !== '');
  if (written) keepDraft(writer, nameOf(key), kept);
  else forgetDraft(writer, nameOf(key));
}

function nameOf(key: string): string {
  return `input:${key}`;
}

/** What is not as it was kept counts as nothing. */
export function readKept(found: unknown): Kept {
  if (!isObject(found) || !isObject(found['answers'])) return NOTHING;
  const answers: Record<string, KeptAnswer> = {};
  for (const [question, answer] of Object.entries(found['answers'])) {
    if (!isObject(answer)) continue;
    const string = (key: string) => (typeof answer[key] === 'string' ? answer[key] : '');
    const id = string('id') || randomId();
    answers[question] = { id, text: string('text'), when: string('when') };
  }
  return { anonymous: found['anonymous'] === true, answers };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
