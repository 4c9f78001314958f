import { expect, it } from 'vitest';
import { IncidentForm } from './incident-form.svelte.ts';

const START = '2026-03-01T18:30:00Z';
const clear = (at: string) => ({ at, precision: 'exact' as const });

function started(): IncidentForm {
  const form = new IncidentForm(() => START);
  form.times.started_at.choose(clear(START));
  return form;
}

it('gives what was filled in, and nothing for what was not', async () => {
  const form = started();
  form.services = ' checkout, , mail ';
  expect(await form.facts()).toEqual({
    incident: { started_at: START, detected_at: null, stabilised_at: null, resolved_at: null },
    severity: null,
    services: ['checkout', 'mail'],
    near_miss: false,
  });
});

it('asks for the beginning', async () => {
  const form = new IncidentForm(() => START);
  await expect(form.facts()).rejects.toMatchObject({ field: 'started_at' });
});

it('refuses what would be before the beginning, at its field', async () => {
  const form = started();
  form.times.detected_at.choose(clear('2026-03-01T18:00:00Z'));
  await form.send(async () => void (await form.facts()));
  expect(form.error('detected_at')).toBe('This is before it started.');
  expect(form.error('resolved_at')).toBeUndefined();
  expect(form.general).toBeUndefined();
});
