import { get } from 'svelte/store';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { remove, wordsOf } from '#lib/record/edit.ts';
import { liveRecord } from '#lib/record/live.ts';
import type { Room } from '#lib/record/room.ts';
import type { NodeKind } from '#lib/record/types.ts';
import { placeAt, shown, under, without } from './drop.ts';
import { addBehind, addMoment, addNode, indent, moveTo, outdent, setAlso } from './outline.ts';

let doc: Y.Doc;
let room: Room;

beforeEach(() => {
  doc = new Y.Doc();
  room = { doc, record: liveRecord(doc) } as Room;
});

const rows = () => get(room.record.outline);
const shape = () =>
  rows().map(({ node, depth }) => `${'-'.repeat(depth)}${node.text}:${node.kind}`);
const words = () => rows().map(({ node, depth }) => `${'-'.repeat(depth)}${node.text}`);
const row = (id: string) => {
  const found = rows().find(({ node }) => node.id === id);
  if (!found) throw new Error('no such row');
  return found;
};
const write = (id: string, text: string) => {
  wordsOf(doc, 'analysis', id, 'text')?.insert(0, text);
  return id;
};
const made = (text: string, parent: string | null = null, kind: NodeKind = 'question') =>
  addNode(room, rows(), { kind, parent, text });

describe('the outline', () => {
  it('adds a sibling just behind', () => {
    const a = made('a');
    made('c');
    write(addBehind(room, rows(), row(a)), 'b');
    expect(shape()).toEqual(['a:question', 'b:question', 'c:question']);
  });

  it('hangs an empty node below the one before as what usually stands there', () => {
    const a = made('a');
    const b = addBehind(room, rows(), row(a));
    expect(indent(room, rows(), row(b))).toBe(true);
    expect(shape()).toEqual(['a:question', '-:answer']);
    expect(indent(room, rows(), row(b))).toBe(false);
  });

  it('lifts a node to stand behind its parent', () => {
    const a = made('a');
    const b = made('b', a, 'answer');
    made('c');
    expect(outdent(room, rows(), row(b))).toBe(true);
    expect(shape()).toEqual(['a:question', 'b:answer', 'c:question']);
    expect(outdent(room, rows(), row(b))).toBe(false);
  });

  it('asks the first question below a turning point', () => {
    const moment = addMoment(room, rows(), ['an entry']);
    write(addBehind(room, rows(), row(moment)), 'b');
    write(addBehind(room, rows(), row(moment)), 'a');
    expect(shape()).toEqual([':moment', '-a:question', '-b:question']);
    expect(row(moment).node.entries).toEqual(['an entry']);
  });

  it('moves several to one place, in their order, with what stands below them', () => {
    const a = made('a');
    const b = made('b');
    made('b1', b);
    const c = made('c');
    made('a1', a);
    const a2 = made('a2', a);
    moveTo(room, rows(), [b, c], a, a2);
    expect(words()).toEqual(['a', '-a1', '-b', '--b1', '-c', '-a2']);
    moveTo(room, rows(), [a2, b], null, null);
    expect(words()).toEqual(['a', '-a1', '-c', 'a2', 'b', '-b1']);
  });

  it('lets a node stand below several, as one node', () => {
    const a = made('a');
    const b = made('b');
    const c = made('c', a);
    setAlso(room, c, b, true);
    expect(words()).toEqual(['a', '-c', 'b']);
    expect(row(b).linked.map(({ text }) => text)).toEqual(['c']);
    setAlso(room, c, b, false);
    expect(row(b).linked).toEqual([]);
  });

  it('keeps what stands below a node that is deleted', () => {
    const a = made('a');
    const b = made('b', a);
    made('c', b);
    remove(doc, 'analysis', b);
    expect(words()).toEqual(['a', '-c']);
  });
});

describe('a drop', () => {
  const places = (...depths: number[]) =>
    depths.map((wanted) => {
      const { parent, next, depth } = placeAt(rows(), 3, wanted);
      const text = (id: string | null) => (id === null ? null : row(id).node.text);
      return [text(parent), text(next), depth];
    });

  it('goes as deep as the pointer asks and the rows allow', () => {
    const a = made('a');
    const b = made('b', a);
    made('c', b);
    made('d');
    expect(places(-1, 0, 1, 2, 3, 9)).toEqual([
      [null, 'd', 0],
      [null, 'd', 0],
      ['a', null, 1],
      ['b', null, 2],
      ['c', null, 3],
      ['c', null, 3],
    ]);
    expect(placeAt(rows(), 0, 4)).toEqual({ parent: null, next: a, depth: 0 });
    expect(placeAt(rows(), 1, 0)).toEqual({ parent: a, next: b, depth: 1 });
  });

  it('leaves out what is dragged, and what is hidden', () => {
    const a = made('a');
    made('b', a);
    const c = made('c');
    expect(without(rows(), new Set([a])).map(({ node }) => node.text)).toEqual(['c']);
    expect(shown(rows(), new Set([a])).map(({ node }) => node.text)).toEqual(['a', 'c']);
    expect(shown(rows(), new Set([c])).map(({ node }) => node.text)).toEqual(['a', 'b', 'c']);
  });

  it('knows where a node cannot be hung', () => {
    const a = made('a');
    const b = made('b', a);
    const c = made('c');
    setAlso(room, c, b, true);
    expect(under(rows(), a)).toEqual(new Set([a, b, c]));
    expect(under(rows(), c)).toEqual(new Set([c]));
  });
});
