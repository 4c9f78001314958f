import { get } from 'svelte/store';
import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { lookBackTo } from './edit.ts';
import { liveRecord } from './live.ts';

it('remembers the earliest time that anybody looked back to, and tells it', async () => {
  const doc = new Y.Doc();
  const { lookedBack } = liveRecord(doc);
  const seen: (string | null)[] = [];
  const stop = lookedBack.subscribe((at) => seen.push(at));
  lookBackTo(doc, '2026-02-28T18:30:00Z');
  lookBackTo(doc, '2026-03-01T17:30:00Z');
  expect(get(lookedBack)).toBe('2026-02-28T18:30:00Z');
  lookBackTo(doc, '2026-02-22T18:30:00Z');
  expect(get(lookedBack)).toBe('2026-02-22T18:30:00Z');
  await vi.waitFor(() => expect(seen.at(-1)).toBe('2026-02-22T18:30:00Z'));
  expect(seen.at(0)).toBeNull();
  stop();
});

it('reads nonsense as nothing, and writes over it', () => {
  const doc = new Y.Doc();
  const { lookedBack } = liveRecord(doc);
  doc.getMap('meeting').set('lookedBack', 'last week');
  expect(get(lookedBack)).toBeNull();
  lookBackTo(doc, '2026-02-22T18:30:00Z');
  expect(get(lookedBack)).toBe('2026-02-22T18:30:00Z');
});
