import { expect, it } from 'vitest';
import type { Entry } from '#api/types.ts';
import { reportDays } from './report-days.ts';

function entry(id: string, at: string | null, beside: string | null = null): Entry {
  return {
    id,
    at,
    beside,
    precision: at ? 'exact' : 'unknown',
    kind: 'note',
    lane: 'sre',
    text: id,
    evidence: [],
    order: 0,
  };
}

const ids = (entries: readonly Entry[]) =>
  reportDays(entries).map(({ label, moments }) => [
    label,
    moments.map(({ views }) => views.map(({ id }) => id).join('+')),
  ]);

it('puts entries under their UTC day, and those without a time last', () => {
  expect(
    ids([entry('a', '2026-03-01T23:59:00Z'), entry('b', '2026-03-02T00:00:00Z'), entry('c', null)]),
  ).toEqual([
    ['Sunday 1 March 2026', ['a']],
    ['Monday 2 March 2026', ['b']],
    ['At a time that nobody knows', ['c']],
  ]);
});

it('puts all views of a moment together, along a chain too', () => {
  const at = '2026-03-01T18:00:00Z';
  expect(ids([entry('a', at), entry('x', at), entry('b', at, 'a'), entry('c', at, 'b')])).toEqual([
    ['Sunday 1 March 2026', ['a+b+c', 'x']],
  ]);
});

it('loses nothing to a circle or to a view whose moment was withheld', () => {
  const at = '2026-03-01T18:00:00Z';
  expect(ids([entry('a', at, 'b'), entry('b', at, 'a'), entry('c', at, 'gone')])).toEqual([
    ['Sunday 1 March 2026', ['a+b', 'c']],
  ]);
});
