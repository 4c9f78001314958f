import { describe, expect, it } from 'vitest';
import { type Entry, editsOf, newEntry, withEntry, withQuestion } from './edits.ts';

const BUILT_IN: Entry = {
  id: 'mistake',
  family: 'blame',
  pattern: 'mistake',
  question: 'What was intended?',
  original: null,
  people_only: false,
  own: false,
  on: true,
};
const OWN: Entry = { ...newEntry(), pattern: 'went rogue', question: 'Which way was open?' };

describe('editsOf', () => {
  it('says only what differs from the built-in list', () => {
    expect(editsOf([BUILT_IN])).toEqual({ off: [], questions: {}, own: [] });
  });

  it('says what is off, what is asked otherwise, and what is our own', () => {
    const asked = withQuestion({ ...BUILT_IN, id: 'typo' }, ' What did the tool show? ');
    const { id, family, pattern, question } = OWN;
    expect(editsOf([{ ...BUILT_IN, on: false }, asked, { ...OWN, on: false }])).toEqual({
      off: ['mistake'],
      questions: { typo: 'What did the tool show?' },
      own: [{ id, family, pattern, question, people_only: false, on: false }],
    });
  });
});

describe('withQuestion', () => {
  it('goes back to the built-in question', () => {
    const asked = withQuestion(BUILT_IN, 'What did they want?');
    expect(asked.original).toBe('What was intended?');
    expect(withQuestion(asked, 'What was intended?')).toEqual(BUILT_IN);
  });

  it('keeps the first question through several changes', () => {
    const asked = withQuestion(withQuestion(BUILT_IN, 'One?'), 'Two?');
    expect(asked).toMatchObject({ question: 'Two?', original: 'What was intended?' });
  });
});

describe('withEntry', () => {
  it('adds, and changes in place', () => {
    const list = withEntry([BUILT_IN], OWN);
    expect(list).toEqual([BUILT_IN, OWN]);
    const off = { ...BUILT_IN, on: false };
    expect(withEntry(list, off)).toEqual([off, OWN]);
  });
});
