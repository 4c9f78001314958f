/**
 * What the server answered last to the few questions without which a room does not open, so that
 * it opens offline too. Never used while the server answers, and of one person only.
 */
import { asProblem } from '#api/problem.ts';
import { PREFIX, type Shelf, within } from './database.ts';

const ANSWERS: Shelf = { name: `${PREFIX}answers`, store: 'answers', format: 1 };
/** Some networks never answer at all. */
const PATIENCE = 10_000;
const REFUSED = new Set([401, 403, 404]);

/** An answer; `kept` if the server could not be reached, and this is its last one. */
export interface Answer<T> {
  readonly value: T;
  readonly kept: boolean;
}

let forgotten = 0;

/** What the server answers; what it answered last, where it cannot be reached. */
export async function answerOrKept<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<Answer<T>> {
  const before = forgotten;
  try {
    const value = await ask(AbortSignal.timeout(PATIENCE));
    // Who signed out meanwhile wants nothing left behind.
    if (before === forgotten) await keepAnswer(key, value);
    return { value, kept: false };
  } catch (thrown) {
    const problem = asProblem(thrown);
    // What is refused now is not to be had by going offline.
    if (REFUSED.has(problem.status)) await change((answers) => answers.delete(key));
    if (!problem.isOffline) throw thrown;
    const value = await keptAnswer<T>(key);
    if (value === undefined) throw thrown;
    return { value, kept: true };
  }
}

/** Keeps an answer for the times without a server. */
export async function keepAnswer(key: string, value: unknown): Promise<void> {
  await change((answers) => answers.put(value, key));
}

export function keptAnswer<T>(key: string): Promise<T | undefined> {
  return read((answers) => answers.get(key) as IDBRequest<T | undefined>, undefined);
}

/** All kept answers whose keys begin so. */
export function keptAnswers<T>(prefix: string): Promise<T[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  return read((answers) => answers.getAll(range) as IDBRequest<T[]>, []);
}

export async function clearAnswers(): Promise<void> {
  await change((answers) => answers.clear());
}

/** Removes them, and does not keep those that are on their way. */
export function forgetAnswers(): Promise<void> {
  forgotten += 1;
  return clearAnswers();
}

/** Keeping is a help and never in the way: where the browser forbids it, the server is asked. */
async function change<T>(how: (answers: IDBObjectStore) => IDBRequest<T>): Promise<void> {
  await within(ANSWERS, 'readwrite', how).catch(() => undefined);
}

function read<T>(how: (answers: IDBObjectStore) => IDBRequest<T>, otherwise: T): Promise<T> {
  return within(ANSWERS, 'readonly', how).catch(() => otherwise);
}
