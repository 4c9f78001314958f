import { expect, it } from 'vitest';
import type { Entry } from '#lib/record/types.ts';
import { citationsOf, citing } from './citations.ts';

function entry(id: string, events: readonly string[], deleted = false): Entry {
  const nothing = { at: null, until: null, precision: 'unknown', typed: null, question: null };
  return {
    ...nothing,
    precision: 'unknown',
    id,
    deleted,
    order: 0,
    withheld: false,
    kind: 'alert',
    lane: 'sre',
    who: null,
    text: [],
    beside: null,
    proposed: false,
    asked: null,
    evidence: events.map((event) => ({ url: `/events/${event}`, event })),
  };
}

it('finds the entry that cites one of some events', () => {
  const cited = citationsOf([
    entry('deleted', ['1'], true),
    entry('a', ['2', '3']),
    { ...entry('b', []), evidence: [{ url: 'https://example.org' }] },
  ]);
  expect(citing(['1'], cited)).toBeUndefined();
  expect(citing(['1', '3'], cited)).toBe('a');
  expect(citing([], cited)).toBeUndefined();
});
