import { answer, api, onSignedOut } from '#api/client.ts';
import { asProblem, type Problem } from '#api/problem.ts';
import type { Discipline, Person, Session } from '#api/types.ts';
import {
  type Answer,
  answerOrKept,
  clearAnswers,
  forgetAnswers,
  keptAnswer,
} from '#lib/kept/answers.ts';
import { forgetRecordsOfOthers } from '#lib/kept/records.ts';

const KEY = 'session';

/** Who is signed in here. */
class SessionStore {
  /** `asking` until the server has answered for the first time. */
  state = $state<'asking' | 'in' | 'out' | 'unreachable'>('asking');
  problem = $state.raw<Problem>();
  /** The server is out of reach, and who is signed in is known from the last time. */
  kept = $state(false);
  #session = $state.raw<Session>();
  /** Other tabs, which share the cookie. */
  readonly #tabs = new BroadcastChannel('afterword:session');

  constructor() {
    this.#tabs.onmessage = () => void this.load();
  }

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
      this.#enter(await answerOrKept(KEY, ask));
    } catch (thrown) {
      this.#refused(asProblem(thrown));
    }
  }

  /** Somebody has signed in here. */
  async begin() {
    await this.load();
    this.#tabs.postMessage(null);
  }

  /** They have signed out here. */
  end() {
    this.#tabs.postMessage(null);
    this.ended();
  }

  /** The server knows of no session any more. */
  ended() {
    this.#session = undefined;
    this.kept = false;
    this.state = 'out';
    void forgetAnswers();
  }

  #enter({ value, kept }: Answer<Session>) {
    const changed = this.person !== undefined && this.person.id !== value.person.id;
    // Nothing on this page is this person's.
    if (changed) location.reload();
    this.#session = value;
    this.kept = kept;
    this.state = 'in';
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

async function ask(signal: AbortSignal): Promise<Session> {
  const session = await answer(api.GET('/session', { signal }));
  await makeRoomFor(session.person.id);
  return session;
}

/** Nobody finds here what was kept for somebody else. */
async function makeRoomFor(person: string) {
  const before = await keptAnswer<Session>(KEY);
  if (before?.person.id === person) return;
  await clearAnswers();
  // Where local storage is forbidden, nothing is kept.
  await forgetRecordsOfOthers(person).catch(() => undefined);
}

export const session = new SessionStore();
onSignedOut(() => session.ended());
