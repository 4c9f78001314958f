/** Bringing two people's changes to one handbook together, so that neither's words are lost. */
import type { Edited } from './draft.svelte.ts';

export interface Merged {
  handbook: Edited;
  /** Where both changed the same words: mine stand there. */
  both: string[];
}

/** What `base` becomes by both changes. */
export function brought(base: Edited, mine: Edited, theirs: Edited): Merged {
  const both: string[] = [];
  const handbook = values(base, mine, theirs, [], both) as Edited;
  return { handbook, both };
}

type Fields = Readonly<Record<string, unknown>>;

function values(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  path: readonly string[],
  both: string[],
): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  if (same(base, mine)) return theirs;
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    return lists(Array.isArray(base) ? base : [], mine, theirs, path, both);
  }
  if (isFields(mine) && isFields(theirs)) {
    return fields(isFields(base) ? base : {}, mine, theirs, path, both);
  }
  both.push(path.join(', '));
  return mine;
}

function fields(
  base: Fields,
  mine: Fields,
  theirs: Fields,
  path: readonly string[],
  both: string[],
): Fields {
  const title = typeof mine['title'] === 'string' ? [`“${mine['title']}”`] : [];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return Object.fromEntries(
    names
      .map((name) => {
        const place = [...(title.length > 0 ? title : path), name];
        return [name, values(base[name], mine[name], theirs[name], place, both)] as const;
      })
      .filter(([, value]) => value !== undefined),
  );
}

function lists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
  path: readonly string[],
  both: string[],
): unknown[] {
  const [old, my, their] = [keyed(base), keyed(mine), keyed(theirs)];
  // Whoever moved items says in which order they stand.
  const [first, second] = isReordered(old, my) ? [my, their] : [their, my];
  const result: string[] = [...first.keys()].filter((key) => stays(key, old, first, second));
  const order = [...second.keys()];
  for (const [at, key] of order.entries()) {
    if (first.has(key) || !stays(key, old, second, first)) continue;
    const before = order.slice(0, at).findLast((it) => result.includes(it));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, key);
  }
  return result.map((key) => {
    const [m, t] = [my.get(key), their.get(key)];
    if (m === undefined || t === undefined) return m ?? t;
    return values(old.get(key), m, t, path, both);
  });
}

type Keyed = ReadonlyMap<string, unknown>;

/** Steps, checks and groups are known by their ids; lines and signs by their words. */
function keyed(items: readonly unknown[]): Keyed {
  const seen = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const name = isFields(item) && 'id' in item ? `id ${item['id']}` : JSON.stringify(item);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [`${name} ${count}`, item];
    }),
  );
}

/** What one has and the other took away stays only if it was rewritten or new. */
function stays(key: string, base: Keyed, own: Keyed, other: Keyed): boolean {
  return other.has(key) || !base.has(key) || !same(base.get(key), own.get(key));
}

function isReordered(base: Keyed, list: Keyed): boolean {
  const kept = (keys: Keyed, among: Keyed) => [...keys.keys()].filter((key) => among.has(key));
  return !same(kept(base, list), kept(list, base));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
