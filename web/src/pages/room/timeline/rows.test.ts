import { expect, it } from 'vitest';
import { moments, type TimelineMoment } from '#lib/record/moments.ts';
import type { Entry } from '#lib/record/types.ts';
import { rowsOf } from './rows.ts';

function timeline(...times: (string | null)[]): TimelineMoment[] {
  const entries = times.map((at, i) => ({
    id: `${i}`,
    at,
    order: i,
    beside: null,
    deleted: false,
  }));
  return moments(new Map(entries.map((entry) => [entry.id, entry as unknown as Entry])));
}

const days = (...times: (string | null)[]) =>
  rowsOf(timeline(...times), undefined).map((r) => r.day);

it('has a heading above the first moment of a day, and of what has no time', () => {
  expect(
    days('2026-03-01T18:43:00Z', '2026-03-01T23:59:00Z', '2026-03-02T00:01:00Z', null, null),
  ).toEqual(['Sunday 1 March 2026', null, 'Monday 2 March 2026', 'Nobody knows yet when', null]);
});

it('is reached by Tab where the keyboard was last, or at its beginning', () => {
  const all = timeline('2026-03-01T18:43:00Z', '2026-03-01T18:44:00Z');
  const reached = (at?: string) => rowsOf(all, at).map(({ first }) => first);
  expect(reached('1')).toEqual([false, true]);
  expect(reached('gone')).toEqual([true, false]);
});

it('gives the same objects for rows that did not change', () => {
  const [one, two, three] = timeline(
    '2026-03-01T18:43:00Z',
    '2026-03-01T18:44:00Z',
    '2026-03-01T18:45:00Z',
  ) as [TimelineMoment, TimelineMoment, TimelineMoment];
  const last = rowsOf([one, three], undefined);
  const now = rowsOf([one, two, { ...three }], undefined, last);
  expect(now[0]).toBe(last[0]);
  expect(now[2]).not.toBe(last[1]);
  expect(rowsOf([one, two, three], undefined, last)[2]).toBe(last[1]);
});
