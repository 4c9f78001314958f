import { getContext, setContext } from 'svelte';
import { answer, api } from '#api/client.ts';
import { asProblem, type Problem } from '#api/problem.ts';
import type { Person, Postmortem, PostmortemPolicy } from '#api/types.ts';
import { type Answer, answerOrKept, keepAnswer } from '#lib/kept/answers.ts';
import { HEADS } from '#lib/kept/heads.ts';
import { openRoom, type Room } from '#lib/record/room.ts';
import { session } from '#lib/session.svelte.ts';
import { calls, type PostmortemPatch } from './calls.ts';

const KEY = Symbol('room');
/** Where the policy is not known. */
const FEW_THEMES = 3;

/** What is known about a post-mortem beside its record. */
export function readHead(id: string): Promise<Answer<Postmortem>> {
  return answerOrKept(HEADS + id, (signal) => calls.postmortem(id, signal));
}

/** One post-mortem's room: its record, live, and what is kept about it beside the record. */
export class RoomPage {
  postmortem = $state.raw<Postmortem>() as Postmortem;
  people = $state.raw<ReadonlyMap<string, Person>>(new Map());
  /** What the policies say of it; absent until it is known. */
  policy = $state.raw<PostmortemPolicy>();
  readonly room: Room;
  readonly me: Person;

  constructor(postmortem: Postmortem, me: Person) {
    this.postmortem = postmortem;
    this.me = me;
    this.room = openRoom({ id: postmortem.id, me });
  }

  get zone(): string {
    return session.zone;
  }

  get stabilised(): boolean {
    const { stabilised_at, resolved_at } = this.postmortem.incident;
    return Boolean(stabilised_at ?? resolved_at);
  }

  /** So many themes are chosen without saying why. */
  get fewThemes(): number {
    return this.policy?.terms.themes ?? FEW_THEMES;
  }

  /** A person's name, or the words that stand for somebody without an account. */
  nameOf(who: string | null | undefined): string {
    return who ? (this.people.get(who)?.name ?? who) : '';
  }

  async loadPeople(): Promise<void> {
    const { value } = await answerOrKept('people', (signal) =>
      answer(api.GET('/people', { signal })),
    );
    this.people = new Map(value.items.map((person) => [person.id, person]));
  }

  async loadPolicy(): Promise<void> {
    this.policy = await calls.policy(this.postmortem.id);
  }

  /** After a time without the server: what has changed there beside the record. */
  async catchUp(): Promise<void> {
    if (session.kept) void session.load();
    await this.reload();
    await Promise.allSettled([this.loadPeople(), this.loadPolicy()]);
  }

  /** Changes what is kept beside the record. Where others were quicker, it is read anew and said. */
  async steer(patch: PostmortemPatch): Promise<Problem | undefined> {
    try {
      const { id, etag } = this.postmortem;
      this.postmortem = await calls.steer(id, etag, patch);
      void keepAnswer(HEADS + id, this.postmortem);
      return undefined;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.status === 412) await this.reload();
      return problem;
    }
  }

  async reload(): Promise<void> {
    try {
      this.postmortem = (await readHead(this.postmortem.id)).value;
    } catch {
      // What is shown stays; the room itself says that the server is not there.
    }
  }
}

export function provideRoom(page: RoomPage): RoomPage {
  return setContext(KEY, page);
}

export function useRoom(): RoomPage {
  return getContext<RoomPage>(KEY);
}
