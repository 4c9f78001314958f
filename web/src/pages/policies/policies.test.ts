import { describe, expect, it } from 'vitest';
import {
  asksFor,
  CONDITIONS,
  either,
  listed,
  moved,
  newPolicy,
  openedAlone,
  type Terms,
  withCondition,
  without,
} from './policies.ts';

const terms: Terms = {
  opening: 'when_asked',
  handbook: 'light',
  earliest_hours: 24,
  warn_hours: 72,
  late_days: 5,
  invite: { participants: true, owners: true, disciplines: [] },
  themes: 3,
  watch: null,
  keep_days: 365,
};

describe('conditions', () => {
  it('are asked for once they are begun, and not once they are ended', () => {
    const { when } = newPolicy(terms);
    for (const condition of CONDITIONS) {
      expect(asksFor(when, condition), condition).toBe(false);
      const asked = withCondition(when, condition);
      expect(asksFor(asked, condition), condition).toBe(true);
      expect(without(asked, condition)).toEqual(when);
    }
  });

  it('are read from what is typed, and told as a sentence has them', () => {
    expect(listed(' SEV1,, SEV2 ,')).toEqual(['SEV1', 'SEV2']);
    expect(either(['SEV1'])).toBe('SEV1');
    expect(either(['SEV1', 'SEV2', 'P1'])).toBe('SEV1, SEV2 or P1');
    expect(either([])).toBe('');
  });
});

describe('a new policy', () => {
  it('begins from what holds otherwise, and changes nothing of it', () => {
    const policy = newPolicy(terms);
    policy.terms.invite.disciplines.push('support');
    expect(terms.invite.disciplines).toEqual([]);
    expect(policy.terms.opening).toBe('when_over');
  });
});

describe('moved', () => {
  it('changes places with its neighbour', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1).toSorted()).toEqual(['a', 'b']);
  });
});

it('counts what would have been opened without anybody asking', () => {
  const of = (opening: Terms['opening']) => ({
    postmortem: null,
    title: 'x',
    incident: { started_at: '2026-03-01T18:00:00Z' },
    severity: null,
    services: [],
    asked: false,
    policy: 'x',
    opening,
    sentence: 'x',
  });
  expect(openedAlone([of('at_once'), of('when_over'), of('when_asked')])).toBe(2);
});
