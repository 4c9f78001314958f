import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

/** Where the counts of unsaved edits stand: tab → count. */
const STORE = 'custom';
const KEY = 'unsaved';

/** The browser's own copy of a record: the document, and how many edits of it are not saved. */
export interface Keep {
  /** Unsaved edits of other tabs and of earlier visits. */
  readonly earlier: number;
  /** Remembers how many edits of this tab are unsaved. */
  count(unsaved: number): void;
  /** All that was here at loading is saved. */
  settle(): void;
  close(): Promise<void>;
}

/** Whether an update was loaded from what the browser keeps, perhaps of another tab. */
export function isKept(origin: unknown): boolean {
  return origin instanceof IndexeddbPersistence;
}

type Counts = Record<string, number>;

/** Loads what the browser kept of the document; null where it keeps nothing for us. */
export async function keep(name: string, doc: Y.Doc): Promise<Keep | null> {
  if (!(await available())) return null;
  const persistence = new IndexeddbPersistence(name, doc);
  await persistence.whenSynced;
  const { db } = persistence;
  if (db === null) return null;
  const tab = crypto.randomUUID();
  const atLoading = await change(db, (counts) => counts);
  return {
    earlier: Object.values(atLoading).reduce((sum, count) => sum + count, 0),
    count: (unsaved) => inBackground(change(db, (counts) => withCount(counts, tab, unsaved))),
    settle: () => inBackground(change(db, (counts) => without(counts, atLoading))),
    close: () => persistence.destroy(),
  };
}

function withCount(counts: Counts, tab: string, unsaved: number): Counts {
  const { [tab]: _, ...others } = counts;
  return unsaved === 0 ? others : { ...others, [tab]: unsaved };
}

/** A tab that lives and has gone on counting since keeps its count. */
function without(counts: Counts, settled: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([tab, n]) => settled[tab] !== n));
}

function change(db: IDBDatabase, how: (counts: Counts) => Counts): Promise<Counts> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, 'readwrite');
    const store = transaction.objectStore(STORE);
    const read = store.get(KEY);
    let counts: Counts = {};
    read.onsuccess = () => {
      counts = how(isCounts(read.result) ? read.result : {});
      store.put(counts, KEY);
    };
    transaction.oncomplete = () => resolve(counts);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

function isCounts(value: unknown): value is Counts {
  return typeof value === 'object' && value !== null;
}

/** The count is a courtesy: where it cannot be written, the words themselves still are. */
function inBackground(task: Promise<unknown>): void {
  task.catch(() => {});
}

/** Private windows and strict settings forbid IndexedDB in ways that show only when it is used. */
async function available(): Promise<boolean> {
  try {
    const request = indexedDB.open('afterword:probe');
    return await new Promise((resolve) => {
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = () => resolve(false);
      request.onblocked = () => resolve(false);
    });
  } catch {
    return false;
  }
}
