import type { Item } from '#lib/record/types.ts';

/**
 * The places by which items come into the order of `first`; those that it does not name stay behind
 * them, as they stand. Empty if they stand so already. No new numbers are made, so that what is
 * not among the items keeps its place.
 */
export function ordered(
  items: readonly Item[],
  first: readonly string[],
): ReadonlyMap<string, number> {
  const rank = new Map(first.map((id, at) => [id, at]));
  const rankOf = ({ id }: Item) => rank.get(id) ?? first.length;
  const wanted = [...items].sort((a, b) => rankOf(a) - rankOf(b));
  if (wanted.every((item, at) => item === items[at])) return new Map();
  const places = distinct(items.map(({ order }) => order));
  return new Map(wanted.map(({ id }, at) => [id, places[at] ?? at + 1]));
}

/** Numbers in ascending order; counted anew where two are the same. */
function distinct(numbers: readonly number[]): readonly number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  return new Set(sorted).size === sorted.length ? sorted : sorted.map((_, at) => at + 1);
}
