import { asProblem, type Problem } from '#api/problem.ts';
import type { Proposal, Proposals, SourceFaring } from '#api/types.ts';
import type { EventKind } from '#lib/evidence/kinds.ts';
import { calls, type Wanted } from './calls.ts';
import { merge } from './merge.ts';

/** What the evidence offers to the timeline, and what is asked of it. */
export class Tray {
  q = $state('');
  kind = $state<EventKind | ''>('');
  /** Set by somebody; otherwise the incident's own span, an hour around it. */
  from = $state<string>();
  to = $state<string>();
  /** What the server answered; of its items those are shown that `items` holds. */
  found = $state.raw<Proposals>();
  items = $state.raw<readonly Proposal[]>([]);
  waiting = $state.raw<readonly Proposal[]>([]);
  sources = $state.raw<readonly SourceFaring[]>([]);
  busy = $state(false);
  problem = $state.raw<Problem>();
  readonly #postmortem: string;
  #asked = 0;

  constructor(postmortem: string) {
    this.#postmortem = postmortem;
  }

  get narrowed(): boolean {
    return this.q !== '' || this.kind !== '';
  }

  get quiet(): readonly SourceFaring[] {
    return this.sources.filter(({ quiet }) => quiet);
  }

  /** Asks anew, as somebody asked something else. */
  async ask(): Promise<void> {
    await this.#fetch((found) => {
      this.items = found.items;
      this.waiting = [];
    });
  }

  /** Something arrived. It waits, unless it can be shown without moving what somebody reads. */
  async arrived(movesNothing: (now: readonly Proposal[]) => boolean): Promise<void> {
    await this.#fetch((found) => {
      const atOnce = this.waiting.length === 0 && movesNothing(found.items);
      const { items, waiting } = merge(this.items, found.items);
      this.items = atOnce ? found.items : items;
      this.waiting = atOnce ? [] : waiting;
    });
  }

  /** Shows what waits. */
  show(): void {
    this.items = this.found?.items ?? [];
    this.waiting = [];
  }

  async #fetch(take: (found: Proposals) => void): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const [found, sources] = await Promise.all([
        calls.proposals(this.#postmortem, this.#wanted()),
        calls.health(this.#postmortem),
      ]);
      // Something else was asked meanwhile.
      if (asked !== this.#asked) return;
      this.found = found;
      this.sources = sources;
      this.problem = undefined;
      take(found);
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  #wanted(): Wanted {
    const { from, to, q, kind } = this;
    return { ...(from && { from }), ...(to && { to }), ...(q && { q }), ...(kind && { kind }) };
  }
}
