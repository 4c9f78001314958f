import { get } from 'svelte/store';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { add, patch, wordsOf } from './edit.ts';
import { liveRecord } from './live.ts';
import { undoOf } from './undo.ts';

function connected(): [Y.Doc, Y.Doc] {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  a.on('update', (update, origin) => origin !== 'b' && Y.applyUpdate(b, update, 'a'));
  b.on('update', (update, origin) => origin !== 'a' && Y.applyUpdate(a, update, 'b'));
  return [a, b];
}

it('takes back an addition without losing what others wrote into it', () => {
  const [mine, theirs] = connected();
  const undo = undoOf(mine);
  const [id = ''] = add(mine, 'themes', [
    { values: { order: 1 }, shared: { title: new Y.Text('Alerts') } },
  ]);
  undo.step();
  wordsOf(theirs, 'themes', id, 'title')?.insert(6, ' drowned one another');
  expect(get(undo.state)).toEqual({ undo: true, redo: false });
  undo.undo();
  expect(get(liveRecord(mine).themes)).toEqual([]);
  expect(get(undo.state)).toEqual({ undo: false, redo: true });
  undo.redo();
  expect(get(liveRecord(theirs).themes)[0]?.title).toBe('Alerts drowned one another');
});

it('never takes back what others did', () => {
  const [mine, theirs] = connected();
  const undo = undoOf(mine);
  const [id = ''] = add(theirs, 'actions', [{ values: { order: 1 }, shared: {} }]);
  patch(mine, 'actions', id, { owner: 'me' });
  patch(theirs, 'actions', id, { state: 'doing' });
  undo.undo();
  undo.undo();
  expect(get(liveRecord(theirs).actions)[0]).toMatchObject({ owner: null, state: 'doing' });
});

it('takes back that a proposed entry was taken', () => {
  const [mine, theirs] = connected();
  const undo = undoOf(mine);
  const values = { order: 1, proposed: true, asked: 'What did the pager show?' };
  const [id = ''] = add(theirs, 'timeline', [{ values, shared: {} }]);
  patch(mine, 'timeline', id, { proposed: null });
  const entry = () => get(liveRecord(theirs).entries).get(id);
  expect(entry()).toMatchObject({ proposed: false, asked: 'What did the pager show?' });
  undo.undo();
  expect(entry()).toMatchObject({ proposed: true, deleted: false });
});
