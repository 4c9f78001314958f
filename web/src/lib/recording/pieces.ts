/** Pieces of a recording that the server does not have yet, kept so that a crash loses seconds. */
import { PREFIX, type Shelf, within } from '#lib/kept/database.ts';

export interface Piece {
  /** At which byte of the recording it begins. */
  readonly offset: number;
  readonly bytes: ArrayBuffer;
}

const SHELF: Shelf = { name: `${PREFIX}recording`, store: 'pieces', format: 1 };

const all = (upload: string) => IDBKeyRange.bound([upload], [upload, []]);

export const pieces = {
  keep: (upload: string, piece: Piece) =>
    within(SHELF, 'readwrite', (values) => values.put(piece, [upload, piece.offset])),
  letGo: (upload: string, piece: Piece) =>
    within(SHELF, 'readwrite', (values) => values.delete([upload, piece.offset])),
  of: (upload: string): Promise<Piece[]> =>
    within(SHELF, 'readonly', (values) => values.getAll(all(upload))),
  forget: (upload: string) => within(SHELF, 'readwrite', (values) => values.delete(all(upload))),
};
