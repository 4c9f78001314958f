const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const NAMED: readonly (readonly [number, string])[] = [
  [HOUR, 'an hour'],
  [DAY, 'a day'],
  [7 * DAY, 'a week'],
  [30 * DAY, 'a month'],
];

/** How far that is before the incident: "a week", "12 days"; nothing if it is not before it. */
export function howFar(from: string, startedAt: string): string | undefined {
  const length = Date.parse(startedAt) - Date.parse(from);
  if (!(length > 0)) return undefined;
  const named = NAMED.find(([known]) => known === length);
  if (named) return named[1];
  const [unit, name] = length >= 2 * DAY ? [DAY, 'day'] : [HOUR, 'hour'];
  const count = Math.max(1, Math.round(length / unit));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
