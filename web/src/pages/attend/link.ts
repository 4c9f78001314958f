import type { Attending } from '#api/types.ts';
import { ANSWERS } from '#lib/appointments/words.ts';

/** The answer that was pressed in the message. */
export function chosenIn(query: URLSearchParams): Attending | undefined {
  const pressed = query.get('answer');
  return ANSWERS.find(({ value }) => value === pressed)?.value;
}

/** Whether the message was about another hour; a link without one says nothing of it. */
export function isMoved(query: URLSearchParams, startsAt: string): boolean {
  const hour = query.get('hour') ?? '';
  return /^\d+$/.test(hour) && Number(hour) * 1000 !== Date.parse(startsAt);
}
