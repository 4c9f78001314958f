import { expect, it } from 'vitest';
import { Problem } from '#api/problem.ts';
import { Form } from './form.svelte.ts';

const refuse = (body: Record<string, unknown>) => async () => {
  throw new Problem(422, body);
};

it('shows a refusal at its field', async () => {
  const form = new Form('email');
  expect(await form.send(refuse({ field: 'email', detail: 'No.' }))).toBe(false);
  expect(form.error('email')).toBe('No.');
  expect(form.general).toBeUndefined();
});

it('shows a refusal of a field that it does not have', async () => {
  const form = new Form('email');
  await form.send(refuse({ field: 'zone', detail: 'No.' }));
  expect(form.general).toBe('No.');
});

it('shows a refusal at a field of a group', async () => {
  const form = new Form('settings.');
  await form.send(refuse({ field: 'settings.email', detail: 'No.' }));
  expect(form.error('settings.email')).toBe('No.');
  expect(form.general).toBeUndefined();
  await form.send(refuse({ field: 'settings', detail: 'Which?' }));
  expect(form.general).toBe('Which?');
});

it('asks the question of a time', async () => {
  const form = new Form('at');
  await form.send(refuse({ field: 'at', detail: 'No.', question: 'Which?' }));
  expect(form.error('at')).toBe('Which?');
});

it('is sent once at a time, and forgets the last refusal', async () => {
  const form = new Form();
  await form.send(refuse({ detail: 'No.' }));
  let sent = 0;
  let finish = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const count = async () => {
    sent += 1;
    await slow;
  };
  const first = form.send(count);
  expect(form.general).toBeUndefined();
  expect(await form.send(count)).toBe(false);
  finish();
  expect(await first).toBe(true);
  expect(sent).toBe(1);
});
