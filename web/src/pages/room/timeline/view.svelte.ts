import { tick } from 'svelte';
import type { Room } from '#lib/record/room.ts';

/** What of the timeline this person is at: which row has the keyboard, which one is being edited. */
export class TimelineView {
  /** The row that the arrow keys move from. */
  at = $state<string>();
  active = $state<string>();
  editing = $state<string>();
  timing = $state<string>();
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  hover(id: string): void {
    this.active = id;
  }

  enter(id: string, head: string): void {
    this.at = head;
    this.active = id;
    this.#room.look({ part: 'timeline', id });
  }

  edit(id: string): void {
    this.#room.undo.step();
    this.timing = undefined;
    this.editing = id;
    this.#room.look({ part: 'timeline', id });
  }

  editTime(id: string): void {
    this.#room.undo.step();
    this.editing = undefined;
    this.timing = id;
    this.#room.look({ part: 'timeline', id });
  }

  /** Ends whatever is edited and goes back to its row. */
  async done(head: string): Promise<void> {
    this.#room.undo.step();
    this.editing = undefined;
    this.timing = undefined;
    await tick();
    focusRow(head);
  }
}

export function rowId(id: string): string {
  return `row-${id}`;
}

export function focusRow(id: string): void {
  document.getElementById(rowId(id))?.focus();
}
