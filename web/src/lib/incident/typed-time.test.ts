import { expect, it } from 'vitest';
import type { Reading } from '#api/types.ts';
import { misread } from './typed-time.svelte.ts';

const clear: Reading = {
  found: true,
  length: 5,
  rest: '',
  at: '2026-03-01T18:43:00Z',
  precision: 'exact',
};

it('asks nothing about a clear time', () => {
  expect(misread(clear)).toBeUndefined();
});

it('passes the server’s question on', () => {
  expect(misread({ ...clear, question: { text: 'Which?', choices: [] } })).toBe('Which?');
});

it('helps where no time was found', () => {
  expect(misread({ ...clear, found: false, at: null, rest: 'soon' })).toContain('such as');
});

it('names the words that are no part of a time', () => {
  expect(misread({ ...clear, rest: ' or so ' })).toContain('“or so”');
});
