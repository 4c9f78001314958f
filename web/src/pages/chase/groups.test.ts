import { describe, expect, it } from 'vitest';
import type { ChasedAction } from '#api/types.ts';
import { groupsOf, whyOf } from './groups.ts';

function chased(id: string, postmortem: string, ...words: string[]): ChasedAction {
  return {
    postmortem,
    postmortem_title: `Outage ${postmortem}`,
    started_at: '2026-03-01T18:00:00Z',
    owner_name: null,
    reasons: words.map((it) => ({ sort: 'overdue', words: it })),
    message: '',
    action: {
      id,
      title: id,
      done_when: '',
      owner: null,
      due: null,
      state: 'open',
      reason: '',
      theme: null,
      ticket: null,
      order: 1,
      withheld: false,
    },
  };
}

describe('groupsOf', () => {
  it('keeps the order of post-mortems and of their actions', () => {
    const groups = groupsOf([chased('a', 'p'), chased('b', 'q'), chased('c', 'p')]);
    expect(groups.map(({ id, actions }) => [id, actions.map(({ action }) => action.id)])).toEqual([
      ['p', ['a', 'c']],
      ['q', ['b']],
    ]);
  });
});

describe('whyOf', () => {
  it('says every reason', () => {
    expect(whyOf(chased('a', 'p', 'was due yesterday', 'nobody does it yet'))).toBe(
      'Was due yesterday; nobody does it yet',
    );
  });
});
