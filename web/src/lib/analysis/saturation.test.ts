import { describe, expect, it } from 'vitest';
import type { AnalysisNode } from '../record/types.ts';
import { madeAt, saturation, saturationText } from './saturation.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

function idea(minutesAgo: number, values: Partial<AnalysisNode> = {}): AnalysisNode {
  const hex = Math.round(NOW - minutesAgo * MINUTE)
    .toString(16)
    .padStart(12, '0');
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
  return { id, kind: 'answer', text: 'words', deleted: false, ...values } as AnalysisNode;
}

describe('saturation', () => {
  it('knows when an id was made', () => {
    expect(madeAt(idea(3).id)).toBe(NOW - 3 * MINUTE);
    expect(madeAt('0b1c2d3e-0000-4000-8000-000000000000')).toBeNull();
    expect(madeAt('node')).toBeNull();
  });

  it('counts new ideas by minute, and the time since the last', () => {
    const state = saturation([idea(0.5), idea(0.7), idea(2.5), idea(9.5), idea(30)], NOW);
    expect(state).toEqual({
      perMinute: [1, 0, 0, 0, 0, 0, 0, 1, 0, 2],
      minutesSince: 0,
      dry: false,
    });
  });

  it('counts no empty rows, no deleted ones, no turning points, and no clock ahead', () => {
    const none = [idea(1, { text: ' ' }), idea(1, { deleted: true }), idea(1, { kind: 'moment' })];
    expect(saturation(none, NOW)).toBeNull();
    expect(saturation([idea(-20)], NOW)?.minutesSince).toBe(0);
  });

  it('is silent long after the meeting', () => {
    expect(saturation([idea(121)], NOW)).toBeNull();
  });

  it('says it calmly', () => {
    const text = (...ago: number[]) => {
      const state = saturation(
        ago.map((minutes) => idea(minutes)),
        NOW,
      );
      return state && saturationText(state);
    };
    expect(text(0.2, 1.2, 2.2)).toBe('3 new ideas in the last five minutes');
    expect(text(1.5)).toBe('The last new idea came a minute ago');
    expect(text(6, 7)).toBe('The last new idea came 6 minutes ago');
    expect(text(6, 7, 8, 9, 10)).toBe('Nothing new for 6 minutes: perhaps a look from a step away');
  });
});
