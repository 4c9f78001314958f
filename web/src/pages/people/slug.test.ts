import { expect, it } from 'vitest';
import { slugFor } from './slug.ts';

it.each([
  ['Data Science', 'data-science'],
  ['Sécurité', 'securite'],
  [' R & D! ', 'r-d'],
  ['設計', 'discipline'],
])('%s: %s', (label, slug) => {
  expect(slugFor(label, new Set())).toBe(slug);
});

it('differs from those in use and is never too long', () => {
  const taken = new Set(['data']);
  expect(slugFor('Data', taken)).toBe('data-2');
  expect(slugFor('Data', taken)).toBe('data-3');
  expect(slugFor('x'.repeat(60), taken)).toHaveLength(40);
});
