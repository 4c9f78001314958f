import { asProblem, type Problem } from '#api/problem.ts';
import type { LookBack } from '#api/types.ts';
import { lookBackTo } from '#lib/record/edit.ts';
import type { Room } from '#lib/record/room.ts';
import { calls } from './calls.ts';

/** How far a room usually looks back, in the API's words. */
export const WINDOWS = [
  { window: '1h', label: '1 hour' },
  { window: '1d', label: '1 day' },
  { window: '7d', label: '1 week' },
  { window: '30d', label: '1 month' },
] as const;

/** Looking back from the incident: what was asked, and the answers. */
export class Looking {
  window = $state<string>();
  found = $state.raw<LookBack>();
  busy = $state(false);
  problem = $state.raw<Problem>();
  readonly #room: Room;
  #asked = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Looks back so far; everybody in the room sees that somebody did. */
  async look(window: string): Promise<void> {
    this.window = window;
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const found = await calls.lookBack(this.#room.id, window);
      if (asked !== this.#asked) return;
      this.found = found;
      this.problem = undefined;
      lookBackTo(this.#room.doc, found.from);
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }
}
