import { describe, expect, it } from 'vitest';
import {
  ago,
  clock,
  duration,
  isLocalDifferent,
  local,
  longDay,
  momentText,
  stamp,
  zoneName,
} from './time.ts';

const AT = '2026-03-01T18:43:00Z';

describe('a time in UTC', () => {
  it('has seconds only where they are known', () => {
    expect(clock(AT)).toBe('18:43');
    expect(clock('2026-03-01T18:43:05Z')).toBe('18:43:05');
  });

  it('writes midnight as 00:00', () => {
    expect(clock('2026-03-01T00:00:00Z')).toBe('00:00');
  });

  it('names its day', () => {
    expect(stamp(AT)).toBe('1 March 2026, 18:43 UTC');
    expect(longDay(AT)).toBe('Sunday 1 March 2026');
  });
});

describe('the reader’s own zone', () => {
  it('is named as people there name it', () => {
    expect(local(AT, 'America/Los_Angeles')).toBe('10:43 PST');
    expect(local('2026-07-01T18:43:00Z', 'America/Los_Angeles')).toBe('11:43 PDT');
    expect(local(AT, 'Europe/Berlin')).toBe('19:43 CET');
    expect(zoneName(AT, 'Asia/Kolkata')).toBe('GMT+5:30');
  });

  it('names the day where that differs', () => {
    expect(local(AT, 'Asia/Tokyo')).toBe('2 Mar, 03:43 GMT+9');
  });

  it('is UTC where the browser does not know the zone', () => {
    expect(local(AT, 'Nowhere/Atlantis')).toBe('18:43 UTC');
  });

  it('need not be shown where it says the same', () => {
    expect(isLocalDifferent(AT, 'UTC')).toBe(false);
    expect(isLocalDifferent(AT, 'Europe/London')).toBe(false);
    expect(isLocalDifferent('2026-07-01T18:43:00Z', 'Europe/London')).toBe(true);
  });
});

describe('a moment', () => {
  it.each([
    [{ at: AT, precision: 'exact' }, '18:43'],
    [{ at: AT, precision: 'approximate' }, '~18:43'],
    [{ at: AT, until: '2026-03-01T18:50:00Z', precision: 'range' }, '18:43–18:50'],
    [{ at: AT, until: '2026-03-02T00:10:00Z', precision: 'range' }, '18:43–2 Mar, 00:10'],
    [{ precision: 'unknown' }, 'time unknown'],
  ] as const)('%j reads as %s', (moment, text) => {
    expect(momentText(moment)).toBe(text);
  });
});

describe('how long something took', () => {
  it.each([
    ['2026-03-01T18:43:40Z', '40 s'],
    ['2026-03-01T18:55:00Z', '12 min'],
    ['2026-03-01T20:43:00Z', '2 h'],
    ['2026-03-01T20:57:59Z', '2 h 14 min'],
    ['2026-03-04T22:43:00Z', '3 days 4 h'],
    ['2026-03-01T18:00:00Z', '0 s'],
  ])('until %s: %s', (to, text) => {
    expect(duration(AT, to)).toBe(text);
  });
});

describe('how long ago something was', () => {
  it.each([
    ['2026-03-01T18:43:20Z', 'just now'],
    ['2026-03-01T18:53:00Z', '10 minutes ago'],
    ['2026-03-02T19:00:00Z', 'yesterday'],
    ['2026-03-20T18:43:00Z', '2 weeks ago'],
  ])('at %s: %s', (now, text) => {
    expect(ago(AT, new Date(now))).toBe(text);
  });
});
