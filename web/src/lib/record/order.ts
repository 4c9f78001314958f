import type { Entry, Item } from './types.ts';

/** Unicode order, as the server compares: not the reader's locale. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byOrder(a: Item, b: Item): number {
  return a.order - b.order || compareIds(a.id, b.id);
}

/** An entry that did not change is the same object: its time is read once, not at each sorting. */
const instants = new WeakMap<Entry, number>();

export function instantOf(entry: Entry): number {
  const known = instants.get(entry);
  if (known !== undefined) return known;
  const instant = entry.at === null ? Number.POSITIVE_INFINITY : Date.parse(entry.at);
  instants.set(entry, instant);
  return instant;
}

/** The order in which a timeline is read: time, then `order`, then id; no time comes last. */
export function readingOrder(a: Entry, b: Entry): number {
  const [left, right] = [instantOf(a), instantOf(b)];
  return left < right ? -1 : left > right ? 1 : byOrder(a, b);
}

/**
 * Where `moved` has to stand to come before `next` (last if null) among `equals`, which are in
 * order. Usually one new number; all are numbered anew where two neighbours have no room left.
 */
export function place(
  equals: readonly Item[],
  moved: string,
  next: string | null,
): ReadonlyMap<string, number> {
  const others = equals.filter((item) => item.id !== moved);
  const found = others.findIndex((item) => item.id === next);
  const index = found < 0 ? others.length : found;
  const before = others[index - 1]?.order;
  const after = others[index]?.order;
  const order = between(before, after);
  if (order !== null) return new Map([[moved, order]]);
  const ids = others.map((item) => item.id);
  ids.splice(index, 0, moved);
  return new Map(ids.map((id, i) => [id, i + 1]));
}

/** A number between two neighbours, or null where floating point has none left. */
function between(before: number | undefined, after: number | undefined): number | null {
  if (before === undefined) return after === undefined ? 1 : after - 1;
  if (after === undefined) return before + 1;
  const mean = (before + after) / 2;
  return before < mean && mean < after ? mean : null;
}
