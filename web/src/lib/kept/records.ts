/**
 * What this device keeps of the records, so that one can write offline: lib/record/keep.ts
 * writes it; here it is counted and removed as a whole, without loading the editor.
 */
import { done, PREFIX } from './database.ts';

const RECORD = `${PREFIX}record:`;
const STORE = 'custom';
const UNSAVED = 'unsaved';

/** How many edits exist nowhere but on this device. */
export async function unsavedEdits(): Promise<number> {
  const counts = await Promise.all((await names(RECORD)).map(unsavedIn));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Removes all that this device keeps. */
export async function forgetKept() {
  await Promise.all((await names(PREFIX)).map(remove));
}

/**
 * Removes the records that were kept for other people than this one, but for edits that exist
 * nowhere else: those wait, unseen, for their writer to sign in again.
 */
export async function forgetRecordsOfOthers(person: string) {
  const others = (await names(RECORD)).filter((name) => !name.endsWith(`:${person}`));
  await Promise.all(
    others.map(async (name) => {
      if ((await unsavedIn(name)) === 0) await remove(name);
    }),
  );
}

/** The name of the database that keeps a record for a person. */
export function recordName(postmortem: string, person: string): string {
  return `${RECORD}${postmortem}:${person}`;
}

async function names(prefix: string): Promise<string[]> {
  const databases = await indexedDB.databases();
  return databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
}

async function unsavedIn(name: string): Promise<number> {
  const db = await done(indexedDB.open(name));
  try {
    if (!db.objectStoreNames.contains(STORE)) return 0;
    return sum(await done<unknown>(db.transaction(STORE).objectStore(STORE).get(UNSAVED)));
  } finally {
    db.close();
  }
}

/** The counts stand by tab. */
function sum(counts: unknown): number {
  if (typeof counts !== 'object' || counts === null) return 0;
  return Object.values(counts).reduce<number>((all, n) => all + (typeof n === 'number' ? n : 0), 0);
}

function remove(name: string): Promise<unknown> {
  const request = indexedDB.deleteDatabase(name);
  // Another tab holds it: the browser removes it as soon as that tab lets go.
  const blocked = new Promise<void>((resolve) =>
    request.addEventListener('blocked', () => resolve()),
  );
  return Promise.race([done(request), blocked]);
}
