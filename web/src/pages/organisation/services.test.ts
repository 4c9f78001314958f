import { expect, it } from 'vitest';
import { named, owning } from './services.ts';

it('reads names between commas, each once', () => {
  expect(named(' checkout, search,,checkout ')).toEqual(['checkout', 'search']);
  expect(named(' ')).toEqual([]);
});

it('says only what differs', () => {
  expect(owning(['a', 'b'], ['b', 'c'])).toEqual({ own: ['c'], forget: ['a'] });
  expect(owning(['a'], ['a'])).toEqual({ own: [], forget: [] });
});
