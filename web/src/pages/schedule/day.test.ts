import { describe, expect, it } from 'vitest';
import type { LocalHour } from '#api/types.ts';
import { band, instant, rows } from './day.ts';

describe('band', () => {
  it.each([
    ['00:00', '24:00', { from: 0, length: 100 }],
    ['06:00', '12:00', { from: 25, length: 25 }],
    ['23:30', '00:30', { from: 97.92, length: 2.08 }],
  ])('%s to %s', (from, until, expected) => {
    expect(band(from, until)).toEqual(expected);
  });
});

const hour = (name: string, from: string): LocalHour => ({
  person: name,
  name,
  needed: true,
  zone: 'Europe/Berlin',
  local: { date: '2026-03-04', weekday: 'Wednesday', from, until: '10:00' },
  hours: null,
  strain: null,
  why: [],
});

describe('rows', () => {
  it('puts together those who have the same hour', () => {
    const all = rows([hour('Mia', '09:00'), hour('Kit', '19:00'), hour('Bo', '09:00')]);
    expect(all.map(({ names }) => names)).toEqual([['Mia', 'Bo'], ['Kit']]);
  });
});

describe('instant', () => {
  it.each([
    ['2026-03-28', '09:00', 'Europe/Berlin', '2026-03-28T08:00:00Z'],
    ['2026-03-30', '09:00', 'Europe/Berlin', '2026-03-30T07:00:00Z'],
    // Clocks go from 02:00 to 03:00, and in autumn from 03:00 to 02:00.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-03-08', '09:00', 'America/Los_Angeles', '2026-03-08T16:00:00Z'],
    ['2026-10-05', '07:00', 'Australia/Sydney', '2026-10-04T20:00:00Z'],
    ['2026-06-01', '09:15', 'Asia/Kathmandu', '2026-06-01T03:30:00Z'],
    ['2026-06-01', '09:15', 'UTC', '2026-06-01T09:15:00Z'],
  ])('%s %s in %s', (date, clock, zone, expected) => {
    expect(instant(date, clock, zone)).toBe(expected);
  });
});
