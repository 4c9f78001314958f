/** A day as a strip, and the people who have the same hour on it. */
import type { LocalHour } from '#api/types.ts';

/** Part of a day, in per cent of it. */
export interface Band {
  readonly from: number;
  readonly length: number;
}

const DAY = 24 * 60;

/** Minutes since midnight of `07:30`. */
export function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

/** From a time of day until another; what goes on beyond midnight ends with the day here. */
export function band(from: string, until: string): Band {
  const begin = minutes(from);
  const end = minutes(until) > begin ? minutes(until) : DAY;
  return { from: percent(begin), length: percent(end - begin) };
}

function percent(value: number): number {
  return Math.round((value / DAY) * 10_000) / 100;
}

/** People who have the same hour, against which the same stands. */
export interface Row {
  readonly names: readonly string[];
  readonly hour: LocalHour;
}

/** One row for all who have the same hour, in the order of the people. */
export function rows(people: readonly LocalHour[]): Row[] {
  const all = new Map<string, { names: string[]; hour: LocalHour }>();
  for (const hour of people) {
    const { local, hours, zone, why, needed } = hour;
    const key = JSON.stringify([local, hours, zone, why, needed]);
    const row = all.get(key) ?? { names: [], hour };
    row.names.push(hour.name);
    all.set(key, row);
  }
  return [...all.values()];
}

/**
 * The moment at which a clock in this zone shows that day and time. Where it shows it never, since
 * clocks went forward, the moment is an hour later; where it shows it twice, the first.
 */
export function instant(date: string, clock: string, zone: string): string {
  const wanted = Date.parse(`${date}T${clock}:00Z`);
  const offsets = [wanted - DAY * 60_000, wanted + DAY * 60_000].map((at) => offset(at, zone));
  const candidates = offsets.map((by) => wanted - by).sort((a, b) => a - b);
  const exact = candidates.find((at) => at + offset(at, zone) === wanted);
  return new Date(exact ?? Math.max(...candidates)).toISOString().replace('.000', '');
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((it) => it.type === type)?.value ?? '00';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
  return Date.parse(`${shown}:00Z`) - Math.floor(at / 60_000) * 60_000;
}
