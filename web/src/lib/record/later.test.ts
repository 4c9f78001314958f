import { get } from 'svelte/store';
import { expect, it } from 'vitest';
import { later } from './later.ts';

it('tells its readers once the running code is done, and others the newest value at once', async () => {
  const store = later(1);
  const seen: number[] = [];
  store.subscribe((value) => seen.push(value));
  store.set(2);
  store.set(3);
  expect(seen).toEqual([1]);
  expect(get(store)).toBe(3);
  await Promise.resolve();
  expect(seen).toEqual([1, 3]);
});

it('runs only while somebody reads', () => {
  const calls: string[] = [];
  const store = later(0, (set) => {
    calls.push('start');
    set(7);
    return () => calls.push('stop');
  });
  expect(get(store)).toBe(7);
  expect(calls).toEqual(['start', 'stop']);
});
