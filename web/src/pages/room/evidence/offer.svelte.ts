import { SvelteSet } from 'svelte/reactivity';
import { get } from 'svelte/store';
import { asProblem } from '#api/problem.ts';
import type { Proposal } from '#api/types.ts';
import type { RoomPage } from '../room.svelte.ts';
import { accept } from './accept.ts';
import { type Citations, citing } from './citations.ts';

export interface Offered {
  readonly id: string;
  readonly proposal: Proposal;
}

interface Around {
  readonly rows: () => readonly Offered[];
  readonly cited: () => Citations;
  /** Shows an entry of the record. */
  readonly lead: (entry: string) => void;
}

/** Rows that are offered to the record: which has the keyboard, which are selected, what was done. */
export class Offer {
  /** The row that Tab leads to. */
  at = $state<string>();
  readonly selected = new SvelteSet<string>();
  /** What was just done, in words. */
  said = $state('');
  /** That was an addition, which can be taken back. */
  added = $state(false);
  readonly #page: RoomPage;
  readonly #around: Around;

  constructor(page: RoomPage, around: Around) {
    this.#page = page;
    this.#around = around;
  }

  /** The entry that a proposal became already. */
  entryOf({ events }: Proposal): string | undefined {
    return citing(events, this.#around.cited());
  }

  toggle(id: string): void {
    if (!this.selected.delete(id)) this.selected.add(id);
    this.said = this.selected.size === 0 ? '' : `${this.selected.size} selected.`;
  }

  /** Takes the selected rows into the record, or this one, or leads to its entry. */
  async take(id: string): Promise<void> {
    const wanted = this.selected.size > 0 ? this.selected : new Set([id]);
    const proposals = this.#around
      .rows()
      .flatMap((row) => (wanted.has(row.id) ? [row.proposal] : []));
    const fresh = proposals.filter((proposal) => this.entryOf(proposal) === undefined);
    const [first] = proposals;
    if (fresh.length === 0) {
      const entry = first && this.entryOf(first);
      if (entry !== undefined) this.#around.lead(entry);
      return;
    }
    try {
      await accept(
        this.#page,
        fresh.map(({ entry }) => entry),
      );
      this.said =
        fresh.length === 1 ? `Added: ${fresh[0]?.title}` : `${fresh.length} entries added.`;
      this.added = true;
      this.selected.clear();
    } catch (thrown) {
      this.said = asProblem(thrown).message;
    }
  }

  /** Takes back what this person did last in the record. */
  undo(): void {
    const { undo } = this.#page.room;
    const { undo: can } = get(undo.state);
    this.said = can ? 'Taken back.' : 'There is nothing of yours to take back.';
    undo.undo();
    this.added = false;
  }
}
