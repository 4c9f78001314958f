import { asProblem } from '#api/problem.ts';
import type { ActionFilter } from '#api/types.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { calls } from '../calls.ts';
import { isSame } from '../filter.ts';

/** The filters that the reader keeps under a name. */
export class KeptFilters {
  all = $state.raw<readonly ActionFilter[]>([]);

  async load(): Promise<void> {
    try {
      this.all = (await calls.filters()).items;
    } catch {
      // The page is whole without them.
    }
  }

  /** The one that asks for the same. */
  like(query: string): ActionFilter | undefined {
    return this.all.find((filter) => isSame(filter.query, query));
  }

  async keep(name: string, query: string): Promise<void> {
    this.all = [...this.all, await calls.keepFilter({ name, query })];
  }

  async rename({ id, etag }: ActionFilter, name: string): Promise<void> {
    const renamed = await calls.renameFilter(id, etag, name);
    this.all = this.all.map((filter) => (filter.id === id ? renamed : filter));
  }

  async remove(filter: ActionFilter): Promise<void> {
    try {
      await calls.removeFilter(filter.id);
      this.all = this.all.filter(({ id }) => id !== filter.id);
      const again = () =>
        void this.keep(filter.name, filter.query).catch((thrown) =>
          toasts.problem(asProblem(thrown).message),
        );
      toasts.say(`“${filter.name}” is forgotten.`, { label: 'Keep it after all', run: again });
    } catch (thrown) {
      toasts.problem(asProblem(thrown).message);
    }
  }
}
