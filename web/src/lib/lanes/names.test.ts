import { expect, it } from 'vitest';
import { placeNames } from './names.ts';

const sides = (...points: [string, number][]) =>
  placeNames(
    points.map(([name, x]) => ({ name, x })),
    600,
  ).map(({ name, side }) => `${name} ${side}`);

it('stands to the right of its line where there is room', () => {
  expect(sides(['Started', 100], ['Detected', 300])).toEqual(['Started right', 'Detected right']);
});

it('stands to the left where the next line is near, or the end', () => {
  expect(sides(['Started', 100], ['Detected', 110], ['Resolved', 590])).toEqual([
    'Started left',
    'Detected right',
    'Resolved left',
  ]);
});

it('stands nowhere where it would cover another', () => {
  expect(sides(['Started', 100], ['Detected', 110], ['Stabilised', 120])).toEqual([
    'Started left',
    'Detected null',
    'Stabilised right',
  ]);
});

it('takes the times in the order in which they are, whatever they are called', () => {
  expect(sides(['Resolved', 110], ['Started', 100])).toEqual(['Started left', 'Resolved right']);
});
