import { describe, expect, it } from 'vitest';
import { attendance, when } from './words.ts';

const call = (starts_at: string, ends_at: string) => ({ starts_at, ends_at });

describe('when', () => {
  it('says the reader’s hour first, and UTC beside it', () => {
    const berlin = when(call('2026-03-03T18:00:00Z', '2026-03-03T19:00:00Z'), 'Europe/Berlin');
    expect(berlin).toEqual({
      own: 'Tuesday 3 March 2026, 19:00 to 20:00 CET',
      utc: '18:00 to 19:00 UTC',
    });
  });

  it('names the day in UTC where it is another', () => {
    const { own, utc } = when(
      call('2026-03-03T21:30:00Z', '2026-03-03T22:30:00Z'),
      'Australia/Sydney',
    );
    expect(own).toContain('Wednesday 4 March 2026, 08:30 to 09:30');
    expect(utc).toBe('Tuesday 3 March 2026, 21:30 to 22:30 UTC');
  });

  it('says an hour once to whoever lives by UTC', () => {
    const span = call('2026-03-03T18:00:00Z', '2026-03-03T19:00:00Z');
    expect(when(span, 'UTC')).toEqual({
      own: 'Tuesday 3 March 2026, 18:00 to 19:00 UTC',
      utc: undefined,
    });
  });

  it('follows the clocks when they change', () => {
    const week = (date: string) =>
      when(call(`${date}T09:00:00Z`, `${date}T10:00:00Z`), 'Europe/Berlin').own;
    expect(week('2026-03-25')).toContain('10:00 to 11:00');
    expect(week('2026-03-30')).toContain('11:00 to 12:00');
  });
});

describe('attendance', () => {
  it('counts answers and names nobody', () => {
    const all = ['yes', 'yes', 'maybe', null, 'no'] as const;
    expect(attendance(all.map((answer) => ({ answer })))).toBe(
      '2 come, 1 may come, 1 cannot come, 1 has not said',
    );
  });

  it('leaves out what nobody answered', () => {
    expect(attendance([{ answer: 'yes' }])).toBe('1 comes');
    expect(attendance([{ answer: null }, {}])).toBe('2 have not said');
    expect(attendance([])).toBe('Nobody is asked to it yet');
  });
});
