import { describe, expect, it } from 'vitest';
import { found, lastBegun, litAt } from './follow.ts';

describe('what belongs to the moment that plays', () => {
  const written = [
    { at: 10, entry: 'a' },
    { at: 65, entry: 'b' },
    { at: 200, entry: 'c' },
  ];

  it('is what was written in the minute before', () => {
    expect([...litAt(written, 9)]).toEqual(['a']);
    expect([...litAt(written, 66)]).toEqual(['a', 'b']);
    expect([...litAt(written, 75)]).toEqual(['b']);
    expect([...litAt(written, 150)]).toEqual([]);
  });

  it('is the last that has begun', () => {
    expect(lastBegun([0, 60, 120], 60)).toBe(1);
    expect(lastBegun([5], 4)).toBe(-1);
  });
});

describe('searching what was said', () => {
  const cues = [
    { start: 0, end: 1, speaker: 'Ana', text: 'The pager was red' },
    { start: 1, end: 2, text: 'Red twice' },
  ];

  it('finds all words, also who spoke', () => {
    expect(found(cues, 'RED ana')).toEqual([cues[0]]);
    expect(found(cues, 'red')).toHaveLength(2);
    expect(found(cues, ' ')).toHaveLength(2);
    expect(found(cues, 'green')).toEqual([]);
  });
});
