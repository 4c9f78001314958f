import { describe, expect, it } from 'vitest';
import { plain } from '../record/rich.ts';
import type { AnalysisNode } from '../record/types.ts';
import { openQuestions, silentDisciplines } from './open-questions.ts';
import { momentsOf } from './read-record.ts';

type Told = Parameters<typeof momentsOf>[0][number];

function told(id: string, over: Partial<Told> = {}): Told {
  return {
    id,
    at: `2026-03-01T18:4${id}:00Z`,
    precision: 'exact',
    kind: 'observed',
    lane: 'sre',
    text: `words of **${id}**`,
    evidence: [],
    order: Number(id),
    withheld: false,
    ...over,
  };
}

function node(id: string, over: Partial<AnalysisNode> = {}) {
  return { id, kind: 'question' as const, parent: null, also: [], ...over };
}

describe('openQuestions', () => {
  it('finds accounts side by side, times that nobody knows, and questions without an answer', () => {
    const timeline = momentsOf([
      told('1'),
      told('2', { beside: '1', kind: 'believed' }),
      told('3', { at: null, precision: 'unknown' }),
      told('4'),
    ]);
    const { accounts, untimed, unanswered } = openQuestions(timeline, [
      node('a'),
      node('b', { kind: 'answer', parent: 'a' }),
      node('c'),
      node('d'),
      node('e', { kind: 'finding', parent: 'b', also: ['d'] }),
      node('f', { kind: 'moment' }),
    ]);
    expect(accounts.map(({ head, views }) => [head.id, ...views.map(({ id }) => id)])).toEqual([
      ['1', '2'],
    ]);
    expect(untimed.map(({ id }) => id)).toEqual(['3']);
    expect(untimed.map(({ text }) => plain(text))).toEqual(['words of 3']);
    expect(unanswered.map(({ id }) => id)).toEqual(['c']);
  });

  it('finds nothing in an empty record', () => {
    expect(openQuestions([], [])).toEqual({ accounts: [], untimed: [], unanswered: [] });
  });
});

describe('silentDisciplines', () => {
  it('names those of which no entry tells, and never “other”', () => {
    const all = [{ slug: 'sre' }, { slug: 'support' }, { slug: 'other' }];
    expect(silentDisciplines(all, [told('1')])).toEqual([{ slug: 'support' }]);
    expect(silentDisciplines(all, [])).toEqual([{ slug: 'sre' }, { slug: 'support' }]);
  });
});
