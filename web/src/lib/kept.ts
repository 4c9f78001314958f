/**
 * What this device keeps of the records, so that one can write offline. lib/record/keep.ts
 * writes it; here it is counted and removed as a whole, without loading the editor.
 */

const PREFIX = 'afterword:';
const STORE = 'custom';
const UNSAVED = 'unsaved';

/** How many edits exist nowhere but on this device. */
export async function unsavedEdits(): Promise<number> {
  const counts = await Promise.all((await names()).map(unsavedIn));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Removes all of it. */
export async function forgetKept() {
  await Promise.all((await names()).map(remove));
}

async function names(): Promise<string[]> {
  const databases = await indexedDB.databases();
  return databases.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
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

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('No local storage.')),
    );
  });
}
