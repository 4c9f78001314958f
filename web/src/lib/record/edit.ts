import * as Y from 'yjs';
import { root } from './live.ts';
import { place } from './order.ts';
import type { Item, Part, ProseName } from './types.ts';
import { instant, type Values } from './values.ts';

/** The origin of what this person does here: sent, counted as unsaved, and undone by undo. */
export const LOCAL = { origin: 'local' } as const;

/** The origin of what undo must not take back. */
const LASTING = { origin: 'lasting' } as const;

export type Plain = string | number | boolean;

/** New values of an item's keys; null takes the key away. */
export type Patch = Readonly<Record<string, Plain | null | undefined>>;

export type Shared = Y.Text | Y.XmlFragment | Y.Array<unknown> | Y.Map<unknown>;

/** What stands in a list: an id, or an object such as an evidence link. */
export type Json = string | Readonly<Record<string, string>>;

export function sharedList(values: readonly Json[] = []): Y.Array<unknown> {
  const list = new Y.Array<unknown>();
  list.push([...values]);
  return list;
}

/** A set of ids, each a key. */
export function sharedSet(ids: readonly string[] = []): Y.Map<unknown> {
  return new Y.Map(ids.map((id) => [id, true]));
}

export interface NewItem {
  readonly id?: string;
  readonly values: Patch;
  readonly shared: Readonly<Record<string, Shared>>;
}

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Adds items all at once. They are written as deleted, and in a second step brought to light:
 * undo then takes back the second step only, so that an item which others have meanwhile
 * written into is deleted like any other and loses no word.
 */
export function add(doc: Y.Doc, part: Part, items: readonly NewItem[]): string[] {
  const made = items.map((item) => ({ ...item, id: item.id ?? newId() }));
  doc.transact(() => {
    for (const item of made) {
      const map: Values = new Y.Map();
      apply(map, item.values);
      for (const [key, shared] of Object.entries(item.shared)) map.set(key, shared);
      map.set('deleted', true);
      root(doc, part).set(item.id, map);
    }
  }, LASTING);
  doc.transact(() => {
    for (const { id } of made) itemAt(doc, part, id)?.delete('deleted');
  }, LOCAL);
  return made.map(({ id }) => id);
}

export function patch(doc: Y.Doc, part: Part, id: string, values: Patch): void {
  const map = itemAt(doc, part, id);
  if (map !== null) doc.transact(() => apply(map, values), LOCAL);
}

export function remove(doc: Y.Doc, part: Part, id: string): void {
  patch(doc, part, id, { deleted: true });
}

export function restore(doc: Y.Doc, part: Part, id: string): void {
  patch(doc, part, id, { deleted: null });
}

/** Remembers for everybody that the room looked back to a time, if nobody looked further yet. */
export function lookBackTo(doc: Y.Doc, at: string): void {
  const meeting = root(doc, 'meeting');
  const before = instant(meeting, 'lookedBack');
  if (before !== null && Date.parse(before) <= Date.parse(at)) return;
  doc.transact(() => meeting.set('lookedBack', at), LOCAL);
}

/** Moves an item before `next` among its equals, or behind all of them. */
export function move(
  doc: Y.Doc,
  part: Part,
  id: string,
  equals: readonly Item[],
  next: string | null,
  also: Patch = {},
): void {
  doc.transact(() => {
    for (const [item, order] of place(equals, id, next)) patch(doc, part, item, { order });
    patch(doc, part, id, also);
  }, LOCAL);
}

/** Writes what changed of a list, and leaves the rest in place for those who edit it too. */
export function setList(
  doc: Y.Doc,
  part: Part,
  id: string,
  key: string,
  values: readonly Json[],
): void {
  const map = itemAt(doc, part, id);
  if (map === null) return;
  doc.transact(() => {
    const found = map.get(key);
    if (!(found instanceof Y.Array)) {
      map.set(key, sharedList(values));
      return;
    }
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    for (let i = found.length - 1; i >= 0; i--) {
      if (!values.some((value) => same(value, found.get(i)))) found.delete(i);
    }
    const kept = found.toArray();
    found.push(values.filter((value) => !kept.some((old) => same(old, value))));
  }, LOCAL);
}

/** Puts an id into a set of an item, or takes it out. */
export function setMember(
  doc: Y.Doc,
  part: Part,
  id: string,
  key: string,
  member: string,
  is: boolean,
): void {
  const map = itemAt(doc, part, id);
  if (map === null) return;
  doc.transact(() => {
    const found = map.get(key);
    if (!(found instanceof Y.Map)) {
      if (is) map.set(key, sharedSet([member]));
    } else if (is) found.set(member, true);
    else found.delete(member);
  }, LOCAL);
}

/** The words below a key; made if they are missing, which only a foreign writer's item lacks. */
export function wordsOf(doc: Y.Doc, part: Part, id: string, key: string): Y.Text | null {
  return sharedOf(doc, itemAt(doc, part, id), key, Y.Text);
}

export function richOf(doc: Y.Doc, part: Part, id: string, key: string): Y.XmlFragment | null {
  return sharedOf(doc, itemAt(doc, part, id), key, Y.XmlFragment);
}

export function proseOf(doc: Y.Doc, name: ProseName): Y.XmlFragment | null {
  return sharedOf(doc, root(doc, 'prose'), name, Y.XmlFragment);
}

function sharedOf<T extends Y.Text | Y.XmlFragment>(
  doc: Y.Doc,
  map: Values | null,
  key: string,
  type: new () => T,
): T | null {
  if (map === null) return null;
  const found = map.get(key);
  if (found instanceof type) return found;
  doc.transact(() => map.set(key, new type()), LASTING);
  const made = map.get(key);
  return made instanceof type ? made : null;
}

function itemAt(doc: Y.Doc, part: Part, id: string): Values | null {
  const item = root(doc, part).get(id);
  return item instanceof Y.Map ? item : null;
}

function apply(map: Values, values: Patch): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (value === null) map.delete(key);
    else if (map.doc === null || map.get(key) !== value) map.set(key, value);
  }
}
