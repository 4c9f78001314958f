import { get } from 'svelte/store';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { isLedBy, isOpen, liveMeeting, readMeeting } from './meeting.ts';

function meeting(values: Record<string, unknown>) {
  const map = new Y.Doc().getMap<unknown>('meeting');
  for (const [key, value] of Object.entries(values)) map.set(key, value);
  return map;
}

const STEP = {
  id: 'record',
  started_at: '2026-03-02T18:05:00Z',
  ends_at: '2026-03-02T18:27:00Z',
};

test('reads what the server writes', () => {
  const read = readMeeting(
    meeting({
      opened_at: '2026-03-02T18:00:00Z',
      lead: 'ana',
      co_lead: 'bo',
      handbook: { id: '60-minutes', version: 3 },
      step: STEP,
      'check:record/week': 'yes',
      'hand:cy': '2026-03-02T18:07:00Z',
      'hand:bo': '2026-03-02T18:06:00Z',
      'differently:bo': 'ask earlier',
      round: { people: ['bo', 'cy'], turn: 1 },
      ballot: { id: 'b', kind: 'dots', voters: 2, shown: false },
    }),
  );
  expect(isOpen(read)).toBe(true);
  expect([isLedBy(read, 'ana'), isLedBy(read, 'bo'), isLedBy(read, 'cy')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(read.step).toEqual({ id: 'record', startedAt: STEP.started_at, endsAt: STEP.ends_at });
  expect(read.hands.map(({ person }) => person)).toEqual(['bo', 'cy']);
  expect(read.checks.get('record/week')).toBe('yes');
  expect(read.differently.get('bo')).toBe('ask earlier');
  expect(read.round).toEqual({ people: ['bo', 'cy'], turn: 1 });
  expect(read.ballot).toEqual({ id: 'b', kind: 'dots', voters: 2, shown: false });
});

test('reads nonsense as absent', () => {
  const read = readMeeting(
    meeting({
      opened_at: 'yesterday',
      step: { id: 'record' },
      'hand:bo': 7,
      'check:a/b': 'perhaps',
      move_on: 'many',
      round: { people: 'all', turn: 0 },
      ballot: { id: 'b', kind: 'race' },
      silence: [],
      case: 'simple',
    }),
  );
  expect(isOpen(read)).toBe(false);
  expect([read.step, read.round, read.ballot, read.silence, read.case]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect([read.hands.length, read.checks.size, read.moveOn]).toEqual([0, 0, 0]);
});

test('is live', async () => {
  const map = meeting({});
  const live = liveMeeting(map);
  const seen: (string | undefined)[] = [];
  const stop = live.subscribe(({ step }) => seen.push(step?.id));
  map.set('step', STEP);
  await Promise.resolve();
  stop();
  expect(seen.at(-1)).toBe('record');
  expect(get(live).step?.id).toBe('record');
});
