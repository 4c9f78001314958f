import { get } from 'svelte/store';
import * as Y from 'yjs';
import { add, sharedList } from '#lib/record/edit.ts';
import { appendPicture } from '#lib/record/rich.ts';
import type { RoomPage } from '../room.svelte.ts';
import type { Capture } from './capture.svelte.ts';

/** A picture that was pasted beside no entry becomes one of its own, to be given a time. */
export function addPictureEntry({ room }: RoomPage, capture: Capture, url: string, name: string) {
  const { kind, lane } = capture;
  const text = new Y.XmlFragment();
  appendPicture(text, url, name);
  const orders = [...get(room.record.entries).values()].map(({ order }) => order);
  const order = Math.max(0, ...orders) + 1;
  room.undo.step();
  const [id] = add(room.doc, 'timeline', [
    {
      values: { precision: 'unknown', kind, lane, order },
      shared: { text, evidence: sharedList() },
    },
  ]);
  room.undo.step();
  capture.added = id;
}
