import * as Y from 'yjs';
import { add, move, patch, sharedList } from '#lib/record/edit.ts';
import type { Room } from '#lib/record/room.ts';
import type { OutlineRow } from '#lib/record/tree.ts';
import type { AnalysisNode, NodeKind } from '#lib/record/types.ts';
import { orderBehind } from '../items/item-actions.ts';

type Rows = readonly OutlineRow[];

export function siblingsOf(rows: Rows, parent: string | null): AnalysisNode[] {
  return rows.filter((row) => row.parent === parent).map(({ node }) => node);
}

/** Adds a node behind everything below `parent`, or before `next`; answers with its id. */
export function addNode(
  { doc }: Room,
  rows: Rows,
  kind: NodeKind,
  parent: string | null,
  next: string | null = null,
): string {
  const equals = siblingsOf(rows, parent);
  const [id = ''] = add(doc, 'analysis', [
    {
      values: { kind, parent, order: orderBehind(equals) },
      shared: { text: new Y.Text(), entries: sharedList() },
    },
  ]);
  if (next !== null) move(doc, 'analysis', id, [...equals, placeholder(id)], next);
  return id;
}

/** A sibling just behind a node. */
export function addBehind(room: Room, rows: Rows, row: OutlineRow): string {
  const equals = siblingsOf(rows, row.parent);
  const next = equals[equals.findIndex(({ id }) => id === row.node.id) + 1];
  return addNode(room, rows, row.node.kind, row.parent, next?.id ?? null);
}

function placeholder(id: string): AnalysisNode {
  return {
    id,
    order: Number.POSITIVE_INFINITY,
    deleted: false,
    withheld: false,
    kind: 'question',
    parent: null,
    text: '',
    entries: [],
    tag: null,
    system: null,
  };
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
  const next = equals[equals.findIndex(({ id }) => id === above.node.id) + 1];
  move(doc, 'analysis', node.id, equals, next?.id ?? null, { parent: above.parent });
  return true;
}

/** What usually stands below: an answer below a question, and a further question below that. */
export function kindBelow(kind: NodeKind): NodeKind {
  return kind === 'question' ? 'answer' : kind === 'answer' ? 'question' : 'finding';
}

export function setKind({ doc }: Room, id: string, kind: NodeKind): void {
  patch(doc, 'analysis', id, { kind });
}
