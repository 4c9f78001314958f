import { expect, it } from 'vitest';
import { readKept } from './kept.ts';
import { randomId } from './random-id.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('reads what was kept', () => {
  const kept = { anonymous: true, answers: { 'Who?': { id: 'a', text: 'They', when: '18:43' } } };
  expect(readKept(kept)).toEqual(kept);
});

it.each([undefined, null, [], {}, { answers: 1 }])('reads %j as nothing', (found) => {
  expect(readKept(found)).toEqual({ anonymous: false, answers: {} });
});

it('keeps the words of an answer that is not whole', () => {
  const { answers } = readKept({ answers: { 'Who?': { text: 'They' }, 'When?': 3 } });
  expect(answers).toEqual({ 'Who?': { id: expect.stringMatching(UUID), text: 'They', when: '' } });
});

it('makes ids that tell no time', () => {
  const ids = [randomId(), randomId()];
  for (const id of ids) expect(id).toMatch(UUID);
  expect(new Set(ids).size).toBe(2);
});
