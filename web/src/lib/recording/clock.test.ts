import { describe, expect, it } from 'vitest';
import { clockOf, secondsOf, sizeOf } from './clock.ts';

describe('places in a recording', () => {
  it.each([
    [0, '0:00'],
    [754.9, '12:34'],
    [3723, '1:02:03'],
  ])('%d reads as %s', (seconds, text) => {
    expect(clockOf(seconds)).toBe(text);
    expect(secondsOf(text)).toBe(Math.floor(seconds));
  });

  it.each(['', 'now', '1:2:3:4', '-1', '12:', '1e3'])('“%s” is no place', (text) => {
    expect(secondsOf(text)).toBeUndefined();
  });

  it('says sizes in the unit that fits', () => {
    expect([900, 6.4e8, 3.21e9].map(sizeOf)).toEqual(['1 kB', '640 MB', '3.2 GB']);
  });
});
