import { patch, wordsOf } from '#lib/record/edit.ts';
import type { Theme } from '#lib/record/types.ts';
import { itemActions } from '../items/item-actions.ts';
import type { RoomPage } from '../room.svelte.ts';

/** Makes a theme of a cluster; `reason` says why, where there are enough already. */
export function choose(page: RoomPage, theme: Theme, reason = ''): void {
  const { doc } = page.room;
  itemActions(page, 'themes').step(() => {
    const words = reason === '' ? null : wordsOf(doc, 'themes', theme.id, 'reason');
    if (words !== null && words.toString() !== reason) {
      words.delete(0, words.length);
      words.insert(0, reason);
    }
    patch(doc, 'themes', theme.id, { candidate: null });
  });
}

/** Puts a theme back among the clusters; nothing of it is lost. */
export function putBack(page: RoomPage, theme: Theme): void {
  itemActions(page, 'themes').step(() =>
    patch(page.room.doc, 'themes', theme.id, { candidate: true }),
  );
}
