import { asProblem } from '#api/problem.ts';
import type { ActionListed, ActionState } from '#api/types.ts';
import { STATES } from '#lib/actions/words.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { calls } from './calls.ts';

type Answered = Awaited<ReturnType<typeof calls.setState>>;
type Send = typeof calls.setState;

/** Shows an action as it is now, wherever it stands. */
type Show = (action: ActionListed) => void;

/**
 * Moves actions from state to state: shown at once, and put back where it is refused. The edit goes
 * to the record of its post-mortem, so that everybody in the room sees it.
 */
export class Moves {
  /** The action that is to be declined, which takes a reason. */
  declining = $state.raw<ActionListed>();
  readonly #show: Show;
  readonly #send: Send;
  /** An action's moves wait for each other: each needs the tag that the one before answered. */
  readonly #under = new Map<string, Promise<void>>();

  constructor(show: Show, send: Send = calls.setState) {
    this.#show = show;
    this.#send = send;
  }

  /** Moves an action; asks first why, where it will not be done. */
  to(action: ActionListed, state: ActionState): void {
    if (action.state === state) return;
    if (state === 'declined') this.declining = action;
    else void this.#move(action, state);
  }

  /** The reason is given. */
  async decline(reason: string): Promise<void> {
    const action = this.declining;
    this.declining = undefined;
    if (action) await this.#move(action, 'declined', reason);
  }

  #move(action: ActionListed, state: ActionState, reason?: string): Promise<void> {
    const before = this.#under.get(action.id) ?? Promise.resolve();
    const moved = before.then(() => this.#one(action, state, reason));
    this.#under.set(action.id, moved);
    return moved;
  }

  async #one(action: ActionListed, state: ActionState, reason?: string): Promise<void> {
    const since = new Date().toISOString();
    this.#show({ ...action, state, state_since: since, ...(reason && { reason }) });
    try {
      const body = { state, ...(reason && { reason }) };
      const answered = await this.#send(action.postmortem, action, body);
      const now = told(action, answered, since);
      this.#show(now);
      const words = `“${action.title || 'The action'}” is in “${STATES[state]}” now.`;
      announcer.say(words);
      toasts.say(words, { label: 'Undo', run: () => void this.#move(now, action.state) });
    } catch (thrown) {
      this.#refused(action, thrown);
    }
  }

  #refused(action: ActionListed, thrown: unknown): void {
    const problem = asProblem(thrown);
    const { current } = problem;
    const stands = problem.status === 412 && isAction(current);
    this.#show(stands ? told(action, current, action.state_since) : action);
    toasts.problem(
      stands
        ? `Somebody changed “${action.title}” meanwhile. This is how it stands now: look again.`
        : problem.message,
    );
  }
}

function isAction(value: unknown): value is Answered {
  return typeof value === 'object' && value !== null && 'state' in value && 'etag' in value;
}

/** The listed action with what the record says of it. */
function told(listed: ActionListed, answered: Answered, since: string): ActionListed {
  const moved = answered.state !== listed.state;
  return { ...listed, ...answered, state_since: moved ? since : listed.state_since };
}
