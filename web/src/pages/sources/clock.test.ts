import { describe, expect, it } from 'vitest';
import { correction, wrongness } from './clock.ts';

describe('correction', () => {
  it('takes away from a clock that was fast, and adds to one that was slow', () => {
    expect(correction('fast', '4', 'minutes')).toBe(-240);
    expect(correction('slow', '1,5', 'hours')).toBe(5400);
  });

  it.each(['', ' ', 'four', '0', '-3'])('needs a number: “%s”', (by) => {
    expect(correction('slow', by, 'seconds')).toBeUndefined();
  });
});

it.each([
  [-240, '4 minutes fast'],
  [1, '1 second slow'],
  [5400, '90 minutes slow'],
  [-7200, '2 hours fast'],
])('%d seconds: %s', (seconds, words) => {
  expect(wrongness(seconds)).toBe(words);
});
