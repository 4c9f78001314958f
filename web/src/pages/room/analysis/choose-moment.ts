import { get } from 'svelte/store';
import type { Entry } from '#lib/record/types.ts';
import { router } from '#lib/router/router.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { itemActions } from '../items/item-actions.ts';
import type { RoomPage } from '../room.svelte.ts';
import { hashOf } from '../sections.ts';
import { addMoment } from './outline.ts';

/** Makes a turning point of an entry, unless it is one; the way to it is offered. */
export function chooseMoment(page: RoomPage, entry: Entry): void {
  const { room } = page;
  const rows = get(room.record.outline);
  const found = rows.find(({ node }) => node.kind === 'moment' && node.entries.includes(entry.id))
    ?.node.id;
  let id = found ?? '';
  if (found === undefined) {
    itemActions(page, 'analysis').step(() => {
      id = addMoment(room, rows, [entry.id]);
    });
  }
  toasts.say(
    found === undefined ? 'It is a turning point now.' : 'It is a turning point already.',
    { label: 'Go to it', run: () => router.go(hashOf('analysis', id)) },
  );
}
