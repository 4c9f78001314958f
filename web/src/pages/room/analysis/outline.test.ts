import { get } from 'svelte/store';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsOf } from '#lib/record/edit.ts';
import { liveRecord } from '#lib/record/live.ts';
import type { Room } from '#lib/record/room.ts';
import { addBehind, addNode, indent, outdent } from './outline.ts';

describe('the outline', () => {
  let doc: Y.Doc;
  let room: Room;

  beforeEach(() => {
    doc = new Y.Doc();
    room = { doc, record: liveRecord(doc) } as Room;
  });

  const rows = () => get(room.record.outline);
  const shape = () =>
    rows().map(({ node, depth }) => `${'-'.repeat(depth)}${node.text}:${node.kind}`);
  const row = (id: string) => {
    const found = rows().find(({ node }) => node.id === id);
    if (!found) throw new Error('no such row');
    return found;
  };
  const write = (id: string, text: string) => {
    wordsOf(doc, 'analysis', id, 'text')?.insert(0, text);
    return id;
  };

  it('adds a sibling just behind', () => {
    const a = write(addNode(room, rows(), 'question', null), 'a');
    write(addNode(room, rows(), 'question', null), 'c');
    write(addBehind(room, rows(), row(a)), 'b');
    expect(shape()).toEqual(['a:question', 'b:question', 'c:question']);
  });

  it('hangs an empty node below the one before as what usually stands there', () => {
    const a = write(addNode(room, rows(), 'question', null), 'a');
    const b = addBehind(room, rows(), row(a));
    expect(indent(room, rows(), row(b))).toBe(true);
    expect(shape()).toEqual(['a:question', '-:answer']);
    expect(indent(room, rows(), row(b))).toBe(false);
  });

  it('lifts a node to stand behind its parent', () => {
    const a = write(addNode(room, rows(), 'question', null), 'a');
    const b = write(addNode(room, rows(), 'answer', a), 'b');
    write(addNode(room, rows(), 'question', null), 'c');
    expect(outdent(room, rows(), row(b))).toBe(true);
    expect(shape()).toEqual(['a:question', 'b:answer', 'c:question']);
    expect(outdent(room, rows(), row(b))).toBe(false);
  });
});
