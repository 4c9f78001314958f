import { describe, expect, it } from 'vitest';
import { Problem } from '#api/problem.ts';
import type { ActionListed } from '#api/types.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import { Moves } from './moves.svelte.ts';

const action: ActionListed = {
  id: 'a',
  postmortem: 'p',
  postmortem_title: 'Outage',
  services: [],
  owner_name: null,
  seen_at: '2026-03-01T00:00:00Z',
  state_since: '2026-03-01T00:00:00Z',
  etag: 'first',
  title: 'Add an alert',
  done_when: '',
  owner: null,
  due: null,
  state: 'open',
  reason: '',
  theme: null,
  ticket: null,
  order: 1,
  withheld: false,
};

type Send = NonNullable<ConstructorParameters<typeof Moves>[1]>;

function moves(send: Send) {
  const shown: ActionListed[] = [];
  return { shown, moves: new Moves((it) => shown.push(it), send) };
}

const settled = () => new Promise((done) => setTimeout(done));

describe('a move', () => {
  it('is shown at once, with the tag of the answer afterwards', async () => {
    const sent: unknown[] = [];
    const { shown, moves: it } = moves((...of) => {
      sent.push(of);
      return Promise.resolve({ ...action, state: 'done', etag: 'second' });
    });
    it.to(action, 'done');
    await settled();
    expect(shown.map(({ state, etag }) => [state, etag])).toEqual([
      ['done', 'first'],
      ['done', 'second'],
    ]);
    expect(sent).toEqual([['p', action, { state: 'done' }]]);
  });

  it('is put back where it is refused', async () => {
    const { shown, moves: it } = moves(() => Promise.reject(new Problem(503, {})));
    it.to(action, 'doing');
    await settled();
    expect(shown.at(-1)).toEqual(action);
    expect(toasts.all.at(-1)?.tone).toBe('problem');
  });

  it('shows what stands there where others were quicker', async () => {
    const current = { ...action, title: 'Add two alerts', etag: 'third' };
    const { shown, moves: it } = moves(() => Promise.reject(new Problem(412, { current })));
    it.to(action, 'doing');
    await settled();
    expect(shown.at(-1)).toMatchObject({ title: 'Add two alerts', etag: 'third', state: 'open' });
  });

  it('asks why where it will not be done', async () => {
    const sent: unknown[] = [];
    const { shown, moves: it } = moves((_, __, body) => {
      sent.push(body);
      return Promise.resolve({ ...action, ...body });
    });
    it.to(action, 'declined');
    expect(shown).toEqual([]);
    expect(it.declining).toEqual(action);
    await it.decline('The queue goes away in May');
    expect(it.declining).toBeUndefined();
    expect(sent).toEqual([{ state: 'declined', reason: 'The queue goes away in May' }]);
  });

  it('to where it is already is none', () => {
    const { shown, moves: it } = moves(() => Promise.reject(new Error('asked')));
    it.to(action, 'open');
    expect(shown).toEqual([]);
  });
});
