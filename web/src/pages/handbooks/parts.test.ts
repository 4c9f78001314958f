import { expect, it } from 'vitest';
import type { HandbookPart, HandbookStep } from '#api/types.ts';
import { meetingClock, partTimes, schedule } from './parts.ts';

function step(id: string, part: HandbookPart, minutes: number): HandbookStep {
  return { id, part, minutes, title: id, purpose: '', say: [], prompts: [], checks: [], signs: [] };
}

const steps = [step('a', 'open', 5), step('b', 'record', 50), step('c', 'record', Number.NaN)];

it('tells when each step begins and ends', () => {
  expect(schedule(steps).map(({ from, until }) => [from, until])).toEqual([
    [0, 5],
    [5, 55],
    [55, 55],
  ]);
});

it('tells how long each part takes', () => {
  const times = partTimes([...steps, step('d', 'close', 10)]);
  expect(times.map(({ part, minutes }) => [part, minutes])).toEqual([
    ['open', 5],
    ['record', 50],
    ['close', 10],
  ]);
});

it.each([
  [0, '0:00'],
  [5, '0:05'],
  [80, '1:20'],
])('%i minutes are %s', (minutes, text) => {
  expect(meetingClock(minutes)).toBe(text);
});
