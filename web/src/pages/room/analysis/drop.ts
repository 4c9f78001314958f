import type { OutlineRow } from '#lib/record/tree.ts';

/** Where something that is dropped will stand. */
export interface Place {
  readonly parent: string | null;
  /** The sibling before which it stands; behind all of them if null. */
  readonly next: string | null;
  readonly depth: number;
}

/**
 * The place between two rows, as deep as the pointer asks for and the rows allow: at most below
 * the row above, at least beside the row below. `index` is that of the row below, among the rows
 * that stay where they are.
 */
export function placeAt(rows: readonly OutlineRow[], index: number, wanted: number): Place {
  const above = rows[index - 1];
  const below = rows[index];
  const deepest = above === undefined ? 0 : above.depth + 1;
  const depth = Math.max(below?.depth ?? 0, Math.min(deepest, Math.max(0, wanted)));
  const parent = ancestor(rows, index - 1, depth);
  const next = below !== undefined && below.depth === depth ? below.node.id : null;
  return { parent, next, depth };
}

/** The last row above that stands one level higher. */
function ancestor(rows: readonly OutlineRow[], from: number, depth: number): string | null {
  if (depth === 0) return null;
  for (let i = from; i >= 0; i--) {
    const row = rows[i];
    if (row !== undefined && row.depth === depth - 1) return row.node.id;
  }
  return null;
}

/** The rows without these and all that stands below them. */
export function without(rows: readonly OutlineRow[], ids: ReadonlySet<string>): OutlineRow[] {
  const kept: OutlineRow[] = [];
  let hidden = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.depth > hidden) continue;
    hidden = ids.has(row.node.id) ? row.depth : Number.POSITIVE_INFINITY;
    if (hidden === Number.POSITIVE_INFINITY) kept.push(row);
  }
  return kept;
}

/** The rows that are not hidden below a collapsed one. */
export function shown(
  rows: readonly OutlineRow[],
  collapsed: ReadonlySet<string>,
): readonly OutlineRow[] {
  if (collapsed.size === 0) return rows;
  const kept: OutlineRow[] = [];
  let hidden = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.depth > hidden) continue;
    hidden = collapsed.has(row.node.id) ? row.depth : Number.POSITIVE_INFINITY;
    kept.push(row);
  }
  return kept;
}

/** A node and all that stands below it, by parents and by links: where it cannot be hung. */
export function under(rows: readonly OutlineRow[], id: string): Set<string> {
  const below = new Map<string, string[]>();
  for (const { node, parent, also } of rows) {
    for (const above of parent === null ? also : [parent, ...also]) {
      below.set(above, [...(below.get(above) ?? []), node.id]);
    }
  }
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(below.get(next) ?? []));
  }
  return found;
}

/** The rows in pieces, each from a row at the top on. */
export function branches(rows: readonly OutlineRow[]): OutlineRow[][] {
  const pieces: OutlineRow[][] = [];
  for (const row of rows) {
    if (row.depth === 0 || pieces.length === 0) pieces.push([row]);
    else pieces.at(-1)?.push(row);
  }
  return pieces;
}
