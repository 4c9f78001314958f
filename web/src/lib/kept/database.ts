/** All that this device keeps of the organisation's stands under names of this prefix. */
export const PREFIX = 'afterword:';

export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('No local storage.')),
    );
  });
}

/** One store of values by key, in a database of its own. */
export interface Shelf {
  readonly name: string;
  readonly store: string;
  /** Raised when this version of the app cannot read what an earlier one kept. */
  readonly format: number;
}

/** Opened for each use, so that nothing holds the database when it is to be removed. */
export async function within<T>(
  { name, store, format }: Shelf,
  mode: IDBTransactionMode,
  how: (values: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(name, format);
  opening.addEventListener('upgradeneeded', () => {
    const { result } = opening;
    if (result.objectStoreNames.contains(store)) result.deleteObjectStore(store);
    result.createObjectStore(store);
  });
  const database = await done(opening);
  try {
    return await done(how(database.transaction(store, mode).objectStore(store)));
  } finally {
    database.close();
  }
}
