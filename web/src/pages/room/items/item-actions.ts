import { move, patch, remove, restore } from '#lib/record/edit.ts';
import type { Item, Part } from '#lib/record/types.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import type { RoomPage } from '../room.svelte.ts';

/** What can be done to any item of a part, each as one step of undo. */
export function itemActions({ room }: RoomPage, part: Part) {
  const { doc, undo } = room;
  const step = (does: () => void) => {
    undo.step();
    does();
    undo.step();
  };
  return {
    step,
    remove(item: Item, said: string): void {
      step(() => remove(doc, part, item.id));
      const back = () => step(() => restore(doc, part, item.id));
      toasts.say(said, { label: 'Bring it back', run: back });
    },
    withhold(item: Item): void {
      step(() => patch(doc, part, item.id, { withheld: item.withheld ? null : true }));
    },
    shift(item: Item, equals: readonly Item[], by: -1 | 1): void {
      const to = equals.findIndex(({ id }) => id === item.id) + by;
      if (to < 0 || to >= equals.length) return;
      const next = by < 0 ? equals[to] : equals[to + 1];
      step(() => move(doc, part, item.id, equals, next?.id ?? null));
      announcer.say(`Moved to place ${to + 1} of ${equals.length}.`);
    },
  };
}

export type ItemActions = ReturnType<typeof itemActions>;

/** Behind the last of a list. */
export function orderBehind(items: readonly Item[]): number {
  return Math.max(0, ...items.map(({ order }) => order)) + 1;
}
