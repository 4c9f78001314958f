import { expect, it } from 'vitest';
import { stepped } from './stepped.ts';

it.each([
  ['ArrowDown', 0, 3, 1],
  ['ArrowDown', 2, 3, 0],
  ['ArrowUp', 0, 3, 2],
  ['ArrowUp', -1, 3, 2],
  ['ArrowDown', -1, 3, 0],
  ['Home', 2, 3, 0],
  ['End', 0, 3, 2],
  ['ArrowRight', 0, 3, undefined],
  ['ArrowDown', -1, 0, undefined],
] as const)('%s at %i of %i', (key, at, count, to) => {
  expect(stepped(key, at, count, 'vertical')).toBe(to);
});
