import { getContext, setContext } from 'svelte';
import { answer, api } from '#api/client.ts';
import { asProblem, type Problem } from '#api/problem.ts';
import type { Person, Postmortem } from '#api/types.ts';
import { openRoom, type Room } from '#lib/record/room.ts';
import { session } from '#lib/session.svelte.ts';
import { calls, type PostmortemPatch } from './calls.ts';

const KEY = Symbol('room');

/** One post-mortem's room: its record, live, and what is kept about it beside the record. */
export class RoomPage {
  postmortem = $state.raw<Postmortem>() as Postmortem;
  people = $state.raw<ReadonlyMap<string, Person>>(new Map());
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

  /** A person's name, or the words that stand for somebody without an account. */
  nameOf(who: string | null | undefined): string {
    return who ? (this.people.get(who)?.name ?? who) : '';
  }

  async loadPeople(): Promise<void> {
    const { items } = await answer(api.GET('/people'));
    this.people = new Map(items.map((person) => [person.id, person]));
  }

  /** Changes what is kept beside the record. Where others were quicker, it is read anew and said. */
  async steer(patch: PostmortemPatch): Promise<Problem | undefined> {
    try {
      this.postmortem = await calls.steer(this.postmortem.id, this.postmortem.etag, patch);
      return undefined;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.status === 412) await this.reload();
      return problem;
    }
  }

  async reload(): Promise<void> {
    try {
      this.postmortem = await calls.postmortem(this.postmortem.id);
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
