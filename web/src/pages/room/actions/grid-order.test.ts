import { expect, it } from 'vitest';
import { ordered } from './grid-order.ts';

const item = (id: string, order: number) => ({ id, order, deleted: false, withheld: false });
const items = [item('a', 1), item('b', 2.5), item('c', 4), item('d', 5)];

it('takes the places that are there', () => {
  expect([...ordered(items, ['c', 'a'])]).toEqual([
    ['c', 1],
    ['a', 2.5],
    ['b', 4],
    ['d', 5],
  ]);
});

it('has nothing to do where all stand so already', () => {
  expect(ordered(items, ['a', 'b']).size).toBe(0);
  expect(ordered(items, []).size).toBe(0);
  expect(ordered([], ['gone']).size).toBe(0);
});

it('counts anew where two have one place', () => {
  const equal = [item('a', 1), item('b', 1)];
  expect([...ordered(equal, ['b'])]).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
});
