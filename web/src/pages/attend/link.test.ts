import { expect, it } from 'vitest';
import { chosenIn, isMoved } from './link.ts';

const query = (text: string) => new URLSearchParams(text);

it('takes the answer that was pressed, and no other words', () => {
  expect(chosenIn(query('answer=maybe'))).toBe('maybe');
  for (const text of ['', 'answer=', 'answer=perhaps', 'answer=constructor']) {
    expect(chosenIn(query(text))).toBeUndefined();
  }
});

it('knows whether the call is at the hour of the message', () => {
  const startsAt = '2026-03-03T10:00:00Z';
  expect(isMoved(query('hour=1772532000'), startsAt)).toBe(false);
  expect(isMoved(query('hour=1772535600'), startsAt)).toBe(true);
  for (const text of ['', 'hour=', 'hour=soon']) expect(isMoved(query(text), startsAt)).toBe(false);
});
