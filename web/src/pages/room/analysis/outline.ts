import * as Y from 'yjs';
import {
  add,
  LOCAL,
  move,
  newId,
  patch,
  setMember,
  sharedList,
  sharedSet,
} from '#lib/record/edit.ts';
import { place } from '#lib/record/order.ts';
import type { Room } from '#lib/record/room.ts';
import type { OutlineRow } from '#lib/record/tree.ts';
import type { AnalysisNode, Item, NodeKind } from '#lib/record/types.ts';
import { orderBehind } from '../items/item-actions.ts';

type Rows = readonly OutlineRow[];

export function siblingsOf(rows: Rows, parent: string | null): AnalysisNode[] {
  return rows.filter((row) => row.parent === parent).map(({ node }) => node);
}

export interface NewNode {
  readonly kind: NodeKind;
  readonly parent?: string | null;
  /** The sibling before which it stands; behind all of them if there is none. */
  readonly next?: string | null;
  readonly text?: string;
  readonly entries?: readonly string[];
}

/** Adds a node; answers with its id. */
export function addNode({ doc }: Room, rows: Rows, node: NewNode): string {
  const { kind, parent = null, next = null, text = '', entries = [] } = node;
  const equals = siblingsOf(rows, parent);
  const id = newId();
  const shared = { text: new Y.Text(text), entries: sharedList(entries), also: sharedSet() };
  add(doc, 'analysis', [{ id, values: { kind, parent, order: orderBehind(equals) }, shared }]);
  if (next !== null) {
    const last = { id, order: Number.POSITIVE_INFINITY, deleted: false, withheld: false };
    move(doc, 'analysis', id, [...equals, last], next);
  }
  return id;
}

/** A sibling just behind a node; a question behind a turning point stands below it. */
export function addBehind(room: Room, rows: Rows, row: OutlineRow, text = ''): string {
  if (row.node.kind === 'moment') {
    const [next] = siblingsOf(rows, row.node.id);
    return addNode(room, rows, {
      kind: 'question',
      parent: row.node.id,
      next: next?.id ?? null,
      text,
    });
  }
  const next = nextSibling(rows, row);
  return addNode(room, rows, { kind: row.node.kind, parent: row.parent, next, text });
}

function nextSibling(rows: Rows, row: OutlineRow): string | null {
  const equals = siblingsOf(rows, row.parent);
  return equals[equals.findIndex(({ id }) => id === row.node.id) + 1]?.id ?? null;
}

/** Hangs a node below the sibling before it. Says whether there is one. */
export function indent({ doc }: Room, rows: Rows, { node, parent }: OutlineRow): boolean {
  const equals = siblingsOf(rows, parent);
  const above = equals[equals.findIndex(({ id }) => id === node.id) - 1];
  if (above === undefined) return false;
  const kind = node.text === '' ? kindBelow(above.kind) : node.kind;
  move(doc, 'analysis', node.id, siblingsOf(rows, above.id), null, { parent: above.id, kind });
  return true;
}

/** Lifts a node to stand behind its parent. Says whether it had one. */
export function outdent({ doc }: Room, rows: Rows, { node, parent }: OutlineRow): boolean {
  const above = rows.find((row) => row.node.id === parent);
  if (above === undefined) return false;
  const equals = siblingsOf(rows, above.parent);
  move(doc, 'analysis', node.id, equals, nextSibling(rows, above), { parent: above.parent });
  return true;
}

/** Moves nodes, in their order, to one place. */
export function moveTo(
  { doc }: Room,
  rows: Rows,
  ids: readonly string[],
  parent: string | null,
  next: string | null,
): void {
  const moved = new Set(ids);
  let equals: readonly Item[] = siblingsOf(rows, parent).filter(({ id }) => !moved.has(id));
  doc.transact(() => {
    for (const id of ids) {
      const orders = place(equals, id, next);
      for (const [item, order] of orders) patch(doc, 'analysis', item, { order });
      patch(doc, 'analysis', id, { parent });
      equals = placed(equals, orders, id);
    }
  }, LOCAL);
}

function placed(equals: readonly Item[], orders: ReadonlyMap<string, number>, id: string): Item[] {
  const item = { id, order: 0, deleted: false, withheld: false };
  return [...equals, item]
    .map((one) => ({ ...one, order: orders.get(one.id) ?? one.order }))
    .sort((a, b) => a.order - b.order);
}

/** Lets a node stand below a further one too, or no longer. */
export function setAlso({ doc }: Room, id: string, parent: string, is: boolean): void {
  setMember(doc, 'analysis', id, 'also', parent, is);
}

/** What usually stands below: an answer below a question, and a further question below that. */
export function kindBelow(kind: NodeKind): NodeKind {
  return kind === 'question' ? 'answer' : kind === 'finding' ? 'finding' : 'question';
}

export function setKind({ doc }: Room, id: string, kind: NodeKind): void {
  patch(doc, 'analysis', id, { kind });
}

/** Makes a turning point of entries of the record; answers with its id. */
export function addMoment(room: Room, rows: Rows, entries: readonly string[]): string {
  return addNode(room, rows, { kind: 'moment', entries });
}
