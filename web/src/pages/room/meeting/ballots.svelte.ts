import { asProblem } from '#api/problem.ts';
import type { Ballot } from '#lib/record/meeting.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { type BallotView, calls, type Votes } from './calls.ts';

/** The room's latest vote of one kind, asked of the server whenever the meeting says that it moved. */
export class LatestBallot {
  latest = $state.raw<BallotView>();
  /** The reader's own votes, as they stand on this page. */
  mine = $state.raw<Votes>({});
  readonly #postmortem: string;
  #saving: Promise<void> = Promise.resolve();

  constructor(postmortem: string, kind: Ballot['kind'], current: () => Ballot | null) {
    this.#postmortem = postmortem;
    let known = '';
    $effect(() => {
      const ballot = current();
      const now = ballot === null ? 'none' : `${ballot.id} ${ballot.shown}`;
      if (now === known) return;
      known = now;
      void this.#load(kind);
    });
  }

  get open(): boolean {
    return this.latest !== undefined && !this.latest.shown_at;
  }

  /** Puts votes in the place of the earlier ones; in the order in which they were given. */
  vote(votes: Votes): Promise<void> {
    const before = this.mine;
    this.mine = votes;
    const { latest } = this;
    if (latest === undefined) return this.#saving;
    const send = async () => {
      try {
        await calls.vote(this.#postmortem, latest.id, votes);
      } catch (thrown) {
        this.mine = before;
        toasts.problem(asProblem(thrown).message);
      }
    };
    this.#saving = this.#saving.then(send);
    return this.#saving;
  }

  async #load(kind: Ballot['kind']): Promise<void> {
    try {
      const { items } = await calls.ballots(this.#postmortem);
      this.latest = items.filter((ballot) => ballot.kind === kind).at(-1);
      this.mine = this.latest?.mine ?? {};
    } catch {
      // The next move of the meeting asks anew.
    }
  }
}
