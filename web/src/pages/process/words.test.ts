import { describe, expect, it } from 'vitest';
import type { Handbook, HandbookProposal } from '#api/types.ts';
import { changeWords, fromWhere, valueText } from './words.ts';

const handbook = {
  steps: [{ id: 'welcome', title: '[[Welcome|Come in]]' }],
} as unknown as Handbook;

describe('changeWords', () => {
  it.each([
    [
      { step: 'welcome', part: 'prompt', text: 'What did support see?' } as const,
      'In “Come in”, a question for the room: “What did support see?”',
    ],
    [
      { step: 'welcome', part: 'sign', text: 'Silence.', move: 'Go round.' } as const,
      'In “Come in”, a sign to watch for, and a move: “Silence.” Go round.',
    ],
    [{ step: 'welcome', part: 'minutes', minutes: 7 } as const, 'In “Come in”: 7 minutes.'],
    [
      { step: 'gone', part: 'say', text: 'Hello.' } as const,
      'In a step that is gone, something to say: “Hello.”',
    ],
  ])('%o', (change, words) => {
    expect(changeWords(handbook, change)).toBe(words);
  });
});

describe('fromWhere', () => {
  it('says where it comes from and not from whom', () => {
    const proposal = { from: 'feedback', postmortem_title: 'Outage', at: 754 } as HandbookProposal;
    expect(fromWhere(proposal)).toBe('From feedback among facilitators, “Outage” at 12:34');
    expect(fromWhere({ ...proposal, from: 'survey', at: null })).toBe('From a survey, “Outage”');
    expect(fromWhere({ from: 'lesson' } as HandbookProposal)).toBe(
      'From a facilitator’s own lesson',
    );
  });
});

describe('valueText', () => {
  it.each([
    ['share', 0.756, '76 %'],
    ['count', 3, '3'],
    ['days', 1, '1 day'],
    ['days', 7.04, '7 days'],
    ['hours', 26.5, '27 h'],
    ['hours', 2.25, '2.3 h'],
    ['hours', 120, '5 days'],
  ] as const)('%s %s', (unit, value, text) => {
    expect(valueText(unit, value)).toBe(text);
  });
});
