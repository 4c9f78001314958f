/** What the page shows, as its address says it: a link shares it, and a kept filter is one. */
import type { paths } from '#api/schema.ts';
import type { ActionState } from '#api/types.ts';

type Asked = NonNullable<paths['/actions']['get']['parameters']['query']>;

export const SORTS = ['due', 'age', 'state', 'recent', 'postmortem'] as const;
export type Sort = (typeof SORTS)[number];

export interface Filter {
  readonly view: 'list' | 'board';
  readonly q: string;
  /** `todo`: open and being done; `all`: whatever their state. */
  readonly state: 'todo' | 'all' | ActionState;
  /** `me`, `none`, a person's id or a name as written; empty: everybody's. */
  readonly owner: string;
  /** `overdue`, `7d`, `30d`, `none`; empty: whenever. */
  readonly due: string;
  readonly dueFrom: string;
  readonly dueUntil: string;
  /** `14d`: known for at least so long. */
  readonly age: string;
  readonly service: string;
  readonly postmortem: string;
  readonly sort: Sort;
}

export const EVERYTHING: Filter = {
  view: 'list',
  q: '',
  state: 'todo',
  owner: '',
  due: '',
  dueFrom: '',
  dueUntil: '',
  age: '',
  service: '',
  postmortem: '',
  sort: 'due',
};

/** The names in the address, in its order. */
const NAMES = {
  view: 'view',
  q: 'q',
  state: 'state',
  owner: 'owner',
  due: 'due',
  dueFrom: 'due_from',
  dueUntil: 'due_until',
  age: 'age',
  service: 'service',
  postmortem: 'postmortem',
  sort: 'sort',
} as const satisfies Record<keyof Filter, string>;

const KEYS = Object.keys(NAMES) as readonly (keyof Filter)[];

const CHOICES: Partial<Record<keyof Filter, readonly string[]>> = {
  view: ['list', 'board'],
  state: ['todo', 'all', 'open', 'doing', 'done', 'declined', 'parked'],
  sort: SORTS,
};

/** What an address asks for; what it says wrongly is as if it were not said. */
export function filterOf(params: URLSearchParams): Filter {
  const read = KEYS.map((key) => {
    const value = params.get(NAMES[key])?.trim() ?? '';
    const fits = value !== '' && (CHOICES[key]?.includes(value) ?? true);
    return [key, fits ? value : EVERYTHING[key]];
  });
  return Object.fromEntries(read) as unknown as Filter;
}

/** The query of an address, without `?`: what is as usual is not said. */
export function queryOf(filter: Filter): string {
  const said = KEYS.filter((key) => filter[key] !== EVERYTHING[key]);
  return new URLSearchParams(said.map((key) => [NAMES[key], filter[key]])).toString();
}

export function addressOf(filter: Filter): string {
  const query = queryOf(filter);
  return query === '' ? '/actions' : `/actions?${query}`;
}

/** Whether two queries ask for the same. */
export function isSame(a: string, b: string): boolean {
  const plain = (query: string) => queryOf(filterOf(new URLSearchParams(query)));
  return plain(a) === plain(b);
}

/** Whether less is shown than could be. */
export function isNarrowed(filter: Filter): boolean {
  const { view, sort, state } = EVERYTHING;
  return queryOf({ ...filter, view, sort, state }) !== '';
}

/** What the API is asked for. */
export function askedFor(filter: Filter): Asked {
  const state = filter.state === 'todo' ? 'open,doing' : filter.state === 'all' ? '' : filter.state;
  const { q, owner, due, dueFrom, dueUntil, age, service, postmortem, sort } = filter;
  return {
    ...(state && { state }),
    ...(q && { q }),
    ...(owner && { owner }),
    ...(due && { due }),
    ...(!due && dueFrom && { due_from: dueFrom }),
    ...(!due && dueUntil && { due_until: dueUntil }),
    ...(age && { age }),
    ...(service && { service }),
    ...(postmortem && { postmortem }),
    ...(sort !== 'due' && { sort }),
  };
}

/** Where the same is had as a file. */
export function exportAddress(filter: Filter, format: 'csv' | 'json'): string {
  const asked = Object.entries(askedFor(filter)).map(([key, value]) => [key, String(value)]);
  return `/api/v1/actions/export?${new URLSearchParams([['format', format], ...asked])}`;
}
