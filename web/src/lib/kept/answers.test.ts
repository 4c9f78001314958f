import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { Problem, unreachable } from '#api/problem.ts';
import { answerOrKept, forgetAnswers, keepAnswer, keptAnswer, keptAnswers } from './answers.ts';

const down = () => Promise.reject(unreachable());

beforeEach(forgetAnswers);

it('gives the server’s answer while there is one, whatever is kept', async () => {
  await keepAnswer('people', 'old');
  const answer = await answerOrKept('people', () => Promise.resolve('new'));
  expect(answer).toEqual({ value: 'new', kept: false });
});

it('gives the last answer while the server is out of reach, and says so', async () => {
  await answerOrKept('people', () => Promise.resolve('new'));
  expect(await answerOrKept('people', down)).toEqual({ value: 'new', kept: true });
  await expect(answerOrKept('other', down)).rejects.toThrow('cannot be reached');
});

it.each([401, 403, 404])('does not keep what is refused with %i', async (status) => {
  await keepAnswer('people', 'old');
  const refused = () => Promise.reject(new Problem(status, {}));
  await expect(answerOrKept('people', refused)).rejects.toThrow();
  expect(await keptAnswer('people')).toBeUndefined();
});

it('keeps the last answer where the server only fails, but does not pass it off as new', async () => {
  await keepAnswer('people', 'old');
  const failed = () => Promise.reject(new Problem(500, {}));
  await expect(answerOrKept('people', failed)).rejects.toThrow();
  expect(await keptAnswer('people')).toBe('old');
});

it('does not keep an answer that arrives after signing out', async () => {
  let arrive: (value: string) => void = () => undefined;
  const late = answerOrKept('people', () => new Promise<string>((resolve) => (arrive = resolve)));
  await forgetAnswers();
  arrive('late');
  await late;
  expect(await keptAnswer('people')).toBeUndefined();
});

it('lists what is kept by the beginnings of keys', async () => {
  await keepAnswer('postmortem/1', 'a');
  await keepAnswer('postmortem/2', 'b');
  await keepAnswer('postmortems', 'c');
  expect(await keptAnswers('postmortem/')).toEqual(['a', 'b']);
});
