import { expect, it } from 'vitest';
import { wordDiff } from './word-diff.ts';

const shown = (before: string, after: string) =>
  wordDiff(before, after).map(({ words, change }) => `${change}: ${words.trim()}`);

it('marks the words that went and came', () => {
  expect(shown('Have we looked a day back?', 'Have we looked a week back?')).toEqual([
    'same: Have we looked a',
    'gone: day',
    'come: week',
    'same: back?',
  ]);
  expect(shown('Go round the room.', 'Go round the room. Slowly.')).toEqual([
    'same: Go round the room.',
    'come: Slowly.',
  ]);
});

it('shows two passages that have little in common one after the other', () => {
  expect(shown('Wait for ten seconds.', 'Ask support what they saw.')).toEqual([
    'gone: Wait for ten seconds.',
    'come: Ask support what they saw.',
  ]);
  expect(shown('', 'New.')).toEqual(['come: New.']);
});

it('loses no word', () => {
  const before = 'one two three two one';
  const after = 'two one three one';
  const pieces = wordDiff(before, after);
  const without = (change: string) =>
    pieces
      .filter((piece) => piece.change !== change)
      .map(({ words }) => words.trim())
      .join(' ');
  expect(without('come')).toBe(before);
  expect(without('gone')).toBe(after);
});
