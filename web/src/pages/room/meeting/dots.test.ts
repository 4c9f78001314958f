import { expect, it } from 'vitest';
import { dotsLeft, dotsOn, dotTallies, withDots } from './dots.ts';

it('puts dots on and takes them off', () => {
  let votes = withDots({}, 'a', 1);
  votes = withDots(votes, 'a', 1);
  votes = withDots(votes, 'b', 1);
  expect([dotsOn(votes, 'a'), dotsOn(votes, 'b'), dotsLeft(votes)]).toEqual([2, 1, 0]);
  votes = withDots(votes, 'b', -1);
  expect(votes).toEqual({ a: { dots: 2 } });
  expect(withDots(votes, 'c', -1)).toEqual(votes);
});

it('orders what the dots say', () => {
  const tallies = dotTallies({
    id: 'x',
    kind: 'dots',
    opened_at: '2026-03-02T18:00:00Z',
    shown_at: '2026-03-02T18:05:00Z',
    mine: {},
    tally: { a: { dots: 1, voters: 1 }, b: { dots: 4, voters: 3 } },
  });
  expect(tallies.map(({ id }) => id)).toEqual(['b', 'a']);
});
