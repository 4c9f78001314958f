import { answer, api } from '#api/client.ts';
import type { Watch } from '#api/types.ts';

/** What became of actions that are done, by action: asked for where somebody looks at it. */
export class Watches {
  #known = $state.raw<ReadonlyMap<string, Watch>>(new Map());

  /** The watch after an action, if it is known. */
  of(action: string): Watch | undefined {
    return this.#known.get(action);
  }

  /** Asks about the actions of some post-mortems; a few at a time. */
  async ask(postmortems: Iterable<string>): Promise<void> {
    const open = [...new Set(postmortems)];
    const one = async () => {
      for (let id = open.shift(); id !== undefined; id = open.shift()) await this.#askOne(id);
    };
    await Promise.all([one(), one(), one()]);
  }

  async #askOne(id: string): Promise<void> {
    try {
      const { items } = await answer(
        api.GET('/postmortems/{id}/watch', { params: { path: { id } } }),
      );
      this.#known = new Map([...this.#known, ...items.map((it) => [it.action, it] as const)]);
    } catch {
      // It is told beside the action, which is there without it.
    }
  }
}
