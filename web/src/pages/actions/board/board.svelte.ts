import type { ActionListed } from '#api/types.ts';
import { Pages } from '#lib/pages.svelte.ts';
import { calls } from '../calls.ts';
import { askedFor, type Filter } from '../filter.ts';

export const COLUMNS = ['open', 'doing', 'done', 'declined'] as const;
export type Column = (typeof COLUMNS)[number];

type List = Pages<ActionListed, Filter>;
type Fetch = typeof calls.actions;

/** Four columns, each a list that is fetched page by page. */
export class Board {
  readonly columns: Readonly<Record<Column, List>>;

  constructor(fetch: Fetch = calls.actions) {
    const list = (state: Column): List =>
      new Pages((filter, cursor) =>
        fetch({ ...askedFor(sorted(filter, state)), ...(cursor && { cursor }) }),
      );
    this.columns = {
      open: list('open'),
      doing: list('doing'),
      done: list('done'),
      declined: list('declined'),
    };
  }

  get fresh(): boolean {
    return this.#lists.some(({ fresh }) => fresh);
  }

  get items(): readonly ActionListed[] {
    return this.#lists.flatMap(({ items }) => items);
  }

  get problem() {
    return this.#lists.map(({ problem }) => problem).find((problem) => problem !== undefined);
  }

  async ask(filter: Filter): Promise<void> {
    await Promise.all(this.#lists.map((list) => list.ask(filter)));
  }

  /** Shows an action as it is now: where it stood, or on top of the column that it moved to. */
  show(action: ActionListed): void {
    for (const column of COLUMNS) {
      const list = this.columns[column];
      const stands = list.items.some(({ id }) => id === action.id);
      const rest = list.items.filter(({ id }) => id !== action.id);
      if (column !== action.state) {
        if (stands) list.items = rest;
      } else {
        list.items = stands
          ? list.items.map((it) => (it.id === action.id ? action : it))
          : [action, ...rest];
      }
    }
  }

  get #lists(): readonly List[] {
    return COLUMNS.map((column) => this.columns[column]);
  }
}

/** What is finished is read from its end; dates to come mean nothing there. */
function sorted(filter: Filter, state: Column): Filter {
  const finished = state === 'done' || state === 'declined';
  const sort = finished && filter.sort === 'due' ? 'recent' : filter.sort;
  return { ...filter, state, sort };
}

/** The column beside this one; nothing beyond the last. */
export function beside(column: string, by: -1 | 1): Column | undefined {
  const at = (COLUMNS as readonly string[]).indexOf(column);
  return at < 0 ? undefined : COLUMNS[at + by];
}
