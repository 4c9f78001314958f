import { describe, expect, it } from 'vitest';
import type { SourceState } from '#api/types.ts';
import { healthWords } from './health.ts';

const NOW = new Date('2026-03-01T18:43:00Z');

function state(of: Partial<SourceState>): SourceState {
  const none = { day: 0, week: 0, all: 0, refused: 0, unreadable: 0, failed: 0 };
  return { id: 'pager', ...none, ...of };
}

describe('how a source fares', () => {
  it('says that nothing arrived', () => {
    expect(healthWords(state({}), NOW)).toEqual({
      fares: 'Nothing has arrived yet.',
      troubles: [],
    });
  });

  it('says when something arrived last, and how much', () => {
    const { fares } = healthWords(
      state({ last_at: '2026-03-01T18:40:00Z', week: 700, all: 12_000 }),
      NOW,
    );
    expect(fares).toBe(
      'Last event 3 minutes ago, on 1 March 2026, 18:40 UTC. ' +
        'About 100 events a day in the last week. 12,000 events in all.',
    );
  });

  it.each([
    [0, 'None in the last week.'],
    [1, '1 event in the last week.'],
    [3, '3 events in the last week.'],
    [7, 'About 1 event a day in the last week.'],
  ])('tells of %d events in a week', (week, words) => {
    const known = state({ last_at: '2026-02-20T18:40:00Z', week, all: 9 });
    expect(healthWords(known, NOW).fares).toContain(words);
  });

  it('says what did not become evidence', () => {
    const { troubles } = healthWords(state({ refused: 1, unreadable: 2, failed: 3 }), NOW);
    expect(troubles).toEqual([
      '1 message refused: the signature or secret did not fit.',
      '2 messages could not be read, and can be replayed.',
      'Asking it failed 3 times.',
    ]);
  });
});
