import { answer, api, onSignedOut } from '#api/client.ts';
import { asProblem, type Problem } from '#api/problem.ts';
import type { Discipline, Person, Session } from '#api/types.ts';

/** Who is signed in here. */
class SessionStore {
  /** `asking` until the server has answered for the first time. */
  state = $state<'asking' | 'in' | 'out' | 'unreachable'>('asking');
  problem = $state.raw<Problem>();
  #session = $state.raw<Session>();

  get person(): Person | undefined {
    return this.#session?.person;
  }

  get disciplines(): readonly Discipline[] {
    return this.#session?.disciplines ?? [];
  }

  /** The signed-in person's zone; before that, the browser's. */
  get zone(): string {
    return this.person?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  get isAdmin(): boolean {
    return this.person?.role === 'admin';
  }

  async load() {
    try {
      this.#session = await answer(api.GET('/session'));
      this.state = 'in';
    } catch (thrown) {
      this.#refused(asProblem(thrown));
    }
  }

  ended() {
    this.#session = undefined;
    this.state = 'out';
  }

  #refused(problem: Problem) {
    if (problem.status === 401) {
      this.ended();
      return;
    }
    this.problem = problem;
    // Somebody who was signed in keeps what is on the screen.
    if (this.state !== 'in') this.state = 'unreachable';
  }
}

export const session = new SessionStore();
onSignedOut(() => session.ended());
