import type { ActionListed } from '#api/types.ts';
import { COLUMNS, type Column } from './board.svelte.ts';

/** A click is no drag. */
const SHORTEST = 5;

interface Dragged {
  readonly action: ActionListed;
  readonly x: number;
  readonly y: number;
  readonly over: Column | undefined;
}

/** A card that is dragged to another column by pointer. A finger scrolls; it has the menu. */
export class Drag {
  now = $state.raw<Dragged>();
  readonly #drop: (action: ActionListed, to: Column) => void;

  constructor(drop: (action: ActionListed, to: Column) => void) {
    this.#drop = drop;
  }

  /** A pointer went down on a card. */
  start(down: PointerEvent, action: ActionListed): void {
    const pressed = down.target instanceof Element && down.target.closest('button, [role="menu"]');
    if (down.button !== 0 || down.pointerType === 'touch' || pressed) return;
    const move = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (this.now === undefined && far < SHORTEST) return;
      event.preventDefault();
      const { clientX: x, clientY: y } = event;
      this.now = { action, x, y, over: columnAt(x, y) };
    };
    const end = (event: Event) => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', key, true);
      const dropped = this.now;
      this.now = undefined;
      if (dropped === undefined) return;
      // The click that ends a drag follows no link.
      addEventListener('click', stop, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', stop, true));
      if (event.type === 'pointerup' && dropped.over) this.#drop(action, dropped.over);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end(event);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
    addEventListener('keydown', key, true);
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function columnAt(x: number, y: number): Column | undefined {
  const under = document.elementsFromPoint(x, y).find((one) => one.matches('[data-column]'));
  const name = under?.getAttribute('data-column');
  return COLUMNS.find((column) => column === name);
}
