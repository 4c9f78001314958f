import { expect, it } from 'vitest';
import { hearsAll, hearsOf } from './subscription.svelte.ts';

const checkout = { kind: 'service', value: 'check-out' } as const;
const wishes = { topics: [], at_once: true, weekly: false, hour: 9 };

it('is everything where no topic is chosen', () => {
  expect(hearsAll(wishes)).toBe(true);
  expect(hearsAll({ ...wishes, topics: [checkout] })).toBe(false);
  expect(hearsAll({ ...wishes, at_once: false })).toBe(false);
  expect(hearsAll({ ...wishes, at_once: false, weekly: true })).toBe(true);
});

it('is a topic only while one is told at all', () => {
  const topics = [checkout];
  expect(hearsOf({ ...wishes, topics }, { ...checkout })).toBe(true);
  expect(hearsOf({ ...wishes, topics }, { kind: 'team', value: 'check-out' })).toBe(false);
  expect(hearsOf({ ...wishes, topics, at_once: false }, checkout)).toBe(false);
});
