import { isTyping } from '../keys.ts';
import type { Offer } from './offer.svelte.ts';

interface Rows {
  /** The rows' ids in the order in which they are walked. */
  readonly ids: () => readonly string[];
  readonly focus: (id: string) => void;
  /** Back to where somebody came from. */
  readonly leave: () => void;
}

/** The keys of rows that are offered: arrows walk, Enter takes, x selects, u undoes, Escape leaves. */
export function offerKeys(offer: Offer, rows: Rows): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = event.target instanceof Element ? event.target.closest('[data-offer]') : null;
    const id = row?.getAttribute('data-offer');
    if (id === null || id === undefined) return;
    const does = keyed(event, id, event.target === row);
    if (does === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };

  function keyed({ key }: KeyboardEvent, id: string, onRow: boolean): (() => void) | undefined {
    const ids = rows.ids();
    const at = ids.indexOf(id);
    switch (key) {
      case 'ArrowDown':
        return () => go(Math.min(at + 1, ids.length - 1));
      case 'ArrowUp':
        return () => go(Math.max(at - 1, 0));
      case 'Home':
        return () => go(0);
      case 'End':
        return () => go(ids.length - 1);
      case 'Enter':
        return onRow ? () => void take(id) : undefined;
      case 'a':
        return () => void take(id);
      case 'x':
        return () => offer.toggle(id);
      case 'u':
        return () => offer.undo();
      case 'Escape':
        return offer.selected.size > 0 ? () => offer.selected.clear() : rows.leave;
      default:
        return undefined;
    }
  }

  /** Goes on to the next row, so that pressing on takes one after the other. */
  async function take(id: string) {
    const ids = rows.ids();
    const next = ids[ids.indexOf(id) + 1];
    const before = location.hash;
    await offer.take(id);
    // Whoever was led to an entry is there.
    if (location.hash === before && next !== undefined) rows.focus(next);
  }

  function go(to: number) {
    const id = rows.ids()[to];
    if (id !== undefined) rows.focus(id);
  }
}
