import { expect, test } from 'vitest';
import { marked } from './marked.ts';

test('a text is cut where something was found, in characters', () => {
  expect(marked('🔥 disk full', [{ start: 2, end: 6 }])).toEqual([
    { text: '🔥 ', found: false },
    { text: 'disk', found: true },
    { text: ' full', found: false },
  ]);
});

test('without anything found it is one piece', () => {
  expect(marked('disk', [])).toEqual([{ text: 'disk', found: false }]);
});
