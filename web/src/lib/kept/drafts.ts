/**
 * Words that somebody is writing and has not saved yet. Each person has a database of their own:
 * when a session ends by itself their drafts wait, unseen, for them to sign in again.
 */
import { done, PREFIX, type Shelf, within } from './database.ts';

const DRAFTS = `${PREFIX}drafts:`;
const STORE = 'drafts';

function shelf(person: string): Shelf {
  return { name: `${DRAFTS}${person}`, store: STORE, format: 1 };
}

/** Whether it is kept: some browsers forbid it. */
export async function keepDraft(person: string, key: string, draft: unknown): Promise<boolean> {
  return within(shelf(person), 'readwrite', (drafts) => drafts.put(draft, key)).then(
    () => true,
    () => false,
  );
}

export async function keptDraft<T>(person: string, key: string): Promise<T | undefined> {
  return within(
    shelf(person),
    'readonly',
    (drafts) => drafts.get(key) as IDBRequest<T | undefined>,
  ).catch(() => undefined);
}

export async function forgetDraft(person: string, key: string): Promise<void> {
  await within(shelf(person), 'readwrite', (drafts) => drafts.delete(key)).catch(() => undefined);
}

/** How many drafts there are on this device, whoever is writing them. */
export async function countDrafts(): Promise<number> {
  const databases = await indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name?.startsWith(DRAFTS) ? [name] : []));
  const counts = await Promise.all(names.map(countIn));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function countIn(name: string): Promise<number> {
  const db = await done(indexedDB.open(name));
  try {
    if (!db.objectStoreNames.contains(STORE)) return 0;
    return await done(db.transaction(STORE).objectStore(STORE).count());
  } finally {
    db.close();
  }
}
