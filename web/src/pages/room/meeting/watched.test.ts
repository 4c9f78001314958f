import { expect, it } from 'vitest';
import type { Action, Entry, Theme } from '#lib/record/types.ts';
import { type Seen, sight } from './watched.ts';

const item = { id: 'x', order: 0, deleted: false, withheld: false };

function entry(lane: string): Entry {
  return {
    ...item,
    lane,
    at: null,
    until: null,
    precision: 'unknown',
    typed: null,
    question: null,
    kind: 'note',
    who: null,
    text: [],
    evidence: [],
    beside: null,
    proposed: false,
    asked: null,
  };
}

function action(values: Partial<Action>): Action {
  return {
    ...item,
    title: 'Shorten the alert',
    doneWhen: 'it fits on a phone',
    owner: 'bo',
    due: null,
    state: 'open',
    reason: '',
    theme: null,
    ticket: null,
    process: false,
    ...values,
  };
}

const theme: Theme = {
  ...item,
  title: 'Alerts',
  text: '',
  nodes: [],
  candidate: false,
  reason: '',
};

function seen(values: Partial<Seen>): Seen {
  return {
    startedAt: '2026-03-01T18:00:00Z',
    lookedBack: null,
    entries: [],
    nodes: [],
    themes: [],
    actions: [],
    visitors: [],
    labelOf: (slug) => slug.toUpperCase(),
    ...values,
  };
}

const visitor = (discipline: string) => ({
  id: discipline,
  name: discipline,
  discipline,
  me: false,
  looking: [],
});

it('tells how far the room looked back', () => {
  const met = (lookedBack: string | null) => sight('looked_back_a_week', seen({ lookedBack }))?.met;
  expect([met(null), met('2026-02-28T18:00:00Z'), met('2026-02-22T18:00:00Z')]).toEqual([
    false,
    false,
    true,
  ]);
});

it('names the disciplines that are here and have not spoken', () => {
  const visitors = [visitor('sre'), visitor('support'), visitor('sales')];
  const told = sight('every_discipline_spoke', seen({ visitors, entries: [entry('sre')] }));
  expect(told).toEqual({ met: false, words: 'SUPPORT and SALES have not spoken yet.' });
  const all = sight(
    'every_discipline_spoke',
    seen({ visitors, entries: visitors.map((it) => entry(it.discipline)) }),
  );
  expect(all?.met).toBe(true);
});

it('wants one to three themes', () => {
  const met = (count: number) =>
    sight('themes_chosen', seen({ themes: Array(count).fill(theme) }))?.met;
  expect([met(0), met(1), met(3), met(4)]).toEqual([false, true, true, false]);
});

it('asks for owners only of what was decided', () => {
  const told = (...actions: Action[]) => sight('actions_are_owned', seen({ actions }))?.met;
  expect(told()).toBe(true);
  expect(
    told(
      action({}),
      action({ owner: null, state: 'declined' }),
      action({ owner: null, state: 'parked' }),
    ),
  ).toBe(true);
  expect(told(action({ doneWhen: ' ' }))).toBe(false);
});

it('says nothing where nothing can be seen', () => {
  expect(sight(undefined, seen({}))).toBeNull();
});
