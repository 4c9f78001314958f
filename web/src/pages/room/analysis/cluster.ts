import * as Y from 'yjs';
import { add, setList, sharedList } from '#lib/record/edit.ts';
import type { Theme } from '#lib/record/types.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import { itemActions, orderBehind } from '../items/item-actions.ts';
import type { RoomPage } from '../room.svelte.ts';

/** Makes a cluster of nodes, or a theme right away; answers with its id. */
export function makeCluster(
  page: RoomPage,
  themes: Iterable<Theme>,
  nodes: readonly string[],
  { title = '', chosen = false } = {},
): string {
  const shared = {
    title: new Y.Text(title),
    text: new Y.Text(),
    reason: new Y.Text(),
    nodes: sharedList(nodes),
  };
  const values = { order: orderBehind([...themes]), candidate: chosen ? null : true };
  let made = '';
  itemActions(page, 'themes').step(() => {
    [made = ''] = add(page.room.doc, 'themes', [{ values, shared }]);
  });
  return made;
}

/** Puts nodes into a cluster, behind those that it has. */
export function addToCluster(page: RoomPage, id: string, nodes: readonly string[]): void {
  itemActions(page, 'themes').step(() => {
    const theme = themeIn(page, id);
    const before = theme?.nodes ?? [];
    setList(page.room.doc, 'themes', id, 'nodes', [...new Set([...before, ...nodes])]);
  });
  announcer.say(nodes.length === 1 ? 'It is in the cluster now.' : 'They are in the cluster now.');
}

function themeIn({ room }: RoomPage, id: string): Theme | undefined {
  let found: Theme | undefined;
  room.record.allThemes.subscribe((all) => {
    found = all.get(id);
  })();
  return found;
}
