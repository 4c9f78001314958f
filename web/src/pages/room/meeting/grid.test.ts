import { expect, it } from 'vitest';
import { differing, placeOf, placeTallies } from './grid.ts';

const spread = (median: number, low = median, high = median) => ({ median, low, high });

it('puts the largest change for the least cost first', () => {
  const tallies = placeTallies({
    id: 'x',
    kind: 'grid',
    opened_at: '2026-03-02T18:00:00Z',
    shown_at: '2026-03-02T18:05:00Z',
    mine: {},
    tally: {
      dear: { cost: spread(5), impact: spread(5), voters: 2 },
      cheap: { cost: spread(1), impact: spread(4), voters: 2 },
      dots: { dots: 3, voters: 1 },
    },
  });
  expect(tallies.map(({ id }) => id)).toEqual(['cheap', 'dear']);
});

it('says where people differ', () => {
  const tally = { id: 'x', voters: 3, cost: spread(3, 1, 5), impact: spread(4, 3, 5) };
  expect(differing(tally)).toContain('its cost very differently');
  expect(differing({ ...tally, cost: spread(3, 2, 4) })).toBe('');
});

it('reads only places', () => {
  expect(placeOf({ a: { cost: 1, impact: 2 }, b: { dots: 1 } }, 'a')).toEqual({
    cost: 1,
    impact: 2,
  });
  expect(placeOf({ b: { dots: 1 } }, 'b')).toBeNull();
});
