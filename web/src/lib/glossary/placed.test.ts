import { expect, it } from 'vitest';
import { placed } from './placed.ts';

const screen = { width: 400, height: 600 };
const note = { width: 300, height: 120 };

it.each([
  ['below its word', { left: 40, top: 100, bottom: 120 }, { left: 40, top: 126 }],
  ['not over the right edge', { left: 350, top: 100, bottom: 120 }, { left: 88, top: 126 }],
  [
    'above where there is no room below',
    { left: 40, top: 560, bottom: 580 },
    { left: 40, top: 434 },
  ],
])('%s', (_, word, at) => {
  expect(placed(word, note, screen)).toEqual(at);
});

it('is read from its beginning where it fits nowhere', () => {
  const word = { left: 2, top: 50, bottom: 70 };
  expect(placed(word, { width: 500, height: 590 }, screen)).toEqual({ left: 12, top: 76 });
});
