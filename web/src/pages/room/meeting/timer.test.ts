import { describe, expect, it } from 'vitest';
import { clock, secondsLeft, spoken } from './timer.ts';

const END = '2026-03-02T18:05:00Z';
const at = (text: string) => Date.parse(text);

describe('the timer', () => {
  it('counts down, and says how long it is over', () => {
    expect(secondsLeft(END, at('2026-03-02T18:00:00Z'))).toBe(300);
    expect(secondsLeft(END, at('2026-03-02T18:04:59.2Z'))).toBe(1);
    expect(secondsLeft(END, at('2026-03-02T18:07:05Z'))).toBe(-125);
  });

  it.each([
    [760, '12:40'],
    [5, '0:05'],
    [0, '0:00'],
    [-125, '+2:05'],
  ])('shows %i seconds as %s', (seconds, shown) => expect(clock(seconds)).toBe(shown));

  it.each([
    [760, '13 minutes left'],
    [60, '1 minute left'],
    [20, 'less than a minute left'],
    [-20, 'the time is over'],
    [-125, '2 minutes over'],
  ])('says %i seconds as %s', (seconds, said) => expect(spoken(seconds)).toBe(said));
});
