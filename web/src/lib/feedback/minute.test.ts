import { describe, expect, it } from 'vitest';
import { minuteText, secondsOf } from './minute.ts';

describe('minuteText', () => {
  it.each([
    [0, '0:00'],
    [754, '12:34'],
    [754.9, '12:34'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('%s', (seconds, text) => {
    expect(minuteText(seconds)).toBe(text);
  });
});

describe('secondsOf', () => {
  it.each([
    ['12:34', 754],
    [' 1:02:03 ', 3723],
    ['12', 720],
    ['90:00', 5400],
    ['0:05', 5],
  ])('%s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each(['', 'soon', '12:60', '1:70:00', '12:3:4:5', '-1:00'])('“%s” is no time', (text) => {
    expect(secondsOf(text)).toBeUndefined();
  });

  it('reads what it writes', () => {
    for (const seconds of [0, 59, 60, 754, 3599, 3600, 86_399]) {
      expect(secondsOf(minuteText(seconds))).toBe(seconds);
    }
  });
});
