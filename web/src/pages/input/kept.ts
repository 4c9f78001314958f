/** Words of one's own that are not sent yet, kept by this browser alone. */
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
const PREFIX = 'afterword:input:';

export function keptInput(key: string): Kept {
  try {
    return readKept(localStorage.getItem(PREFIX + key));
  } catch {
    return NOTHING;
  }
}

/** Keeps what is written; forgets it where nothing is. */
export function keepInput(key: string, kept: Kept): void {
  const written = Object.values(kept.answers).some(({ text, when }) => (text + when).trim() !== '');
  try {
    if (written) localStorage.setItem(PREFIX + key, JSON.stringify(kept));
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // Without storage the words stand here for as long as this page is open.
  }
}

/** What is not as it was kept counts as nothing. */
export function readKept(text: string | null): Kept {
  const found: unknown = JSON.parse(text ?? 'null');
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
