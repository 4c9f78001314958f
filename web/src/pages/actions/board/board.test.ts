import { expect, it } from 'vitest';
import type { ActionListed } from '#api/types.ts';
import { EVERYTHING } from '../filter.ts';
import { Board, beside, COLUMNS } from './board.svelte.ts';

const action = (id: string, state: ActionListed['state']): ActionListed => ({
  id,
  postmortem: 'p',
  postmortem_title: 'Outage',
  services: [],
  owner_name: null,
  seen_at: '2026-03-01T00:00:00Z',
  state_since: '2026-03-01T00:00:00Z',
  etag: 'e',
  title: id,
  done_when: '',
  owner: null,
  due: null,
  state,
  reason: '',
  theme: null,
  ticket: null,
  order: 1,
  withheld: false,
});

async function board() {
  const asked: unknown[] = [];
  const all = [action('a', 'open'), action('b', 'open'), action('c', 'done')];
  const made = new Board((query) => {
    asked.push(query);
    return Promise.resolve({ items: all.filter(({ state }) => state === query.state), next: null });
  });
  await made.ask({ ...EVERYTHING, owner: 'me', state: 'done' });
  const shown = () =>
    Object.fromEntries(COLUMNS.map((it) => [it, made.columns[it].items.map(({ id }) => id)]));
  return { made, asked, shown };
}

it('asks for each column, whatever state the list is narrowed to', async () => {
  const { asked, shown } = await board();
  expect(asked).toEqual([
    { state: 'open', owner: 'me' },
    { state: 'doing', owner: 'me' },
    { state: 'done', owner: 'me', sort: 'recent' },
    { state: 'declined', owner: 'me', sort: 'recent' },
  ]);
  expect(shown()).toEqual({ open: ['a', 'b'], doing: [], done: ['c'], declined: [] });
});

it('moves a card to the top of its column, and changes it where it stands', async () => {
  const { made, shown } = await board();
  made.show(action('b', 'done'));
  expect(shown()).toEqual({ open: ['a'], doing: [], done: ['b', 'c'], declined: [] });
  made.show({ ...action('c', 'done'), title: 'new words' });
  expect(shown()).toEqual({ open: ['a'], doing: [], done: ['b', 'c'], declined: [] });
  expect(made.columns.done.items[1]?.title).toBe('new words');
  made.show(action('a', 'parked'));
  expect(shown()).toEqual({ open: [], doing: [], done: ['b', 'c'], declined: [] });
});

it('knows what is beside a column', () => {
  expect(beside('open', 1)).toBe('doing');
  expect(beside('open', -1)).toBeUndefined();
  expect(beside('declined', 1)).toBeUndefined();
  expect(beside('parked', 1)).toBeUndefined();
});
