import { expect, it } from 'vitest';
import { howFar } from './looked-back.ts';

const STARTED = '2026-03-01T18:30:00Z';

it.each([
  ['2026-03-01T17:30:00Z', 'an hour'],
  ['2026-02-28T18:30:00Z', 'a day'],
  ['2026-02-22T18:30:00Z', 'a week'],
  ['2026-01-30T18:30:00Z', 'a month'],
  ['2026-02-27T18:30:00Z', '2 days'],
  ['2026-03-01T06:30:00Z', '12 hours'],
  ['2026-03-01T18:30:00Z', undefined],
  ['2026-03-02T18:30:00Z', undefined],
  ['nonsense', undefined],
])('%s is %s before', (from, words) => {
  expect(howFar(from, STARTED)).toBe(words);
});
