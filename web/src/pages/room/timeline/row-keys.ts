import { get } from 'svelte/store';
import type { RoomPage } from '../room.svelte.ts';
import { actionsOn } from './actions.ts';
import { focusRow, type TimelineView } from './view.svelte.ts';

/** The keys of a row that has the focus itself: arrows walk, Alt and arrows move among equals. */
export function rowKeys(
  page: RoomPage,
  view: TimelineView,
  capture: () => void,
): (event: KeyboardEvent) => void {
  const actions = actionsOn(page);
  return (event) => {
    const row = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (row === undefined || event.ctrlKey || event.metaKey) return;
    const moments = get(page.room.record.timeline);
    const at = moments.findIndex(({ head }) => head.id === row);
    const entry = moments[at]?.head;
    if (entry === undefined) return;
    const does = keyed(event);
    if (does === undefined) return;
    event.preventDefault();
    does();

    function keyed({ key, altKey }: KeyboardEvent): (() => void) | undefined {
      if (altKey) return altKeys(key);
      switch (key) {
        case 'ArrowDown':
          return () => (at + 1 < moments.length ? go(at + 1) : capture());
        case 'ArrowUp':
          return () => go(at - 1);
        case 'Home':
          return () => go(0);
        case 'End':
          return () => go(moments.length - 1);
        case 'Enter':
        case 'e':
          return () => view.edit(row ?? '');
        case 't':
          return () => view.editTime(row ?? '');
        case 'b':
          return () => entry && view.edit(actions.addView(entry));
        case 'Delete':
          return () => {
            if (entry) actions.remove(entry);
            go(Math.min(at + 1, moments.length - 1));
          };
        default:
          return undefined;
      }
    }

    function altKeys(key: string): (() => void) | undefined {
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
      return () => {
        if (entry) actions.shift(entry, key === 'ArrowUp' ? -1 : 1);
        queueMicrotask(() => focusRow(row ?? ''));
      };
    }

    function go(to: number) {
      const head = moments[to]?.head.id;
      if (head) focusRow(head);
    }
  };
}
