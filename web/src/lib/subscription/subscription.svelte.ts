import { api, tagged } from '#api/client.ts';
import { Problem } from '#api/problem.ts';
import type { Subscription, Topic } from '#api/types.ts';

export type Wishes = Pick<Subscription, 'topics' | 'at_once' | 'weekly' | 'hour'>;

/** What somebody hears of when it is published, as the server keeps it. */
export class Subscribed {
  stands = $state.raw<Subscription>();
  #etag = '*';
  readonly #path: { id: string };

  constructor(id: string) {
    this.#path = { id };
  }

  async load() {
    this.#take(
      await tagged(api.GET('/people/{id}/subscription', { params: { path: this.#path } })),
    );
  }

  async save({ topics, at_once, weekly, hour }: Wishes) {
    const params = { path: this.#path, header: { 'If-Match': this.#etag } };
    const body = { topics, at_once, weekly, hour };
    try {
      this.#take(await tagged(api.PUT('/people/{id}/subscription', { params, body })));
    } catch (thrown) {
      // Changed elsewhere, as by the link in a mail: this is how it stands now.
      if (thrown instanceof Problem && thrown.status === 412) await this.load();
      throw thrown;
    }
  }

  /** Begins or ends hearing of a topic. Whoever heard of nothing hears of this at once. */
  async toggle(topic: Topic) {
    await this.load();
    const { stands } = this;
    if (!stands) return;
    const tells = stands.at_once || stands.weekly;
    const topics = tells ? stands.topics : [];
    const others = topics.filter((other) => !same(other, topic));
    const ends = others.length < topics.length;
    // Without topics one hears of everything: who ends the last wants to hear of nothing.
    const nothing = ends && others.length === 0;
    await this.save({
      ...stands,
      topics: ends ? others : [...topics, topic],
      at_once: nothing ? false : stands.at_once || !tells,
      weekly: nothing ? false : stands.weekly,
    });
  }

  #take({ value, etag }: { value: Subscription; etag: string }) {
    this.stands = value;
    this.#etag = etag;
  }
}

export function same(one: Topic, other: Topic): boolean {
  return one.kind === other.kind && one.value === other.value;
}

/** Whether somebody hears of everything, and no single topic adds to that. */
export function hearsAll({ topics, at_once, weekly }: Wishes): boolean {
  return (at_once || weekly) && topics.length === 0;
}

/** Whether somebody hears of a topic because they chose it. */
export function hearsOf(wishes: Wishes, topic: Topic): boolean {
  return (wishes.at_once || wishes.weekly) && wishes.topics.some((other) => same(other, topic));
}
