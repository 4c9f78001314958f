import type { AnalysisNode } from '../record/types.ts';

const MINUTE = 60_000;
/** How far back the rhythm is shown. */
const MINUTES = 10;
/** Longer ago is another meeting. */
const MEETING = 120 * MINUTE;
/** Fewer ideas than these say nothing about drying up. */
const ENOUGH = 5;
/** As long as this without a new one, and it is worth a look from a step away. */
const DRY = 4;

export interface Saturation {
  /** New ideas in each of the last minutes, the oldest first. */
  readonly perMinute: readonly number[];
  /** Whole minutes since the last new idea. */
  readonly minutesSince: number;
  /** Whether suggestions dry up. */
  readonly dry: boolean;
}

/** When a UUID of version 7 was made, or null for other ids. */
export function madeAt(id: string): number | null {
  const hex = id.replaceAll('-', '');
  return /^[0-9a-f]{12}7[0-9a-f]{19}$/i.test(hex) ? Number.parseInt(hex.slice(0, 12), 16) : null;
}

/** How new ideas come; null where there was none for so long that nobody is at it. */
export function saturation(nodes: Iterable<AnalysisNode>, now: number): Saturation | null {
  const made: number[] = [];
  for (const node of nodes) {
    if (node.deleted || node.kind === 'moment' || node.text.trim() === '') continue;
    const at = madeAt(node.id);
    // Some clocks run ahead.
    if (at !== null && now - at < MEETING) made.push(Math.min(at, now));
  }
  if (made.length === 0) return null;
  const perMinute = new Array<number>(MINUTES).fill(0);
  for (const at of made) {
    const place = MINUTES - 1 - Math.floor((now - at) / MINUTE);
    if (place >= 0) perMinute[place] = (perMinute[place] ?? 0) + 1;
  }
  const minutesSince = Math.floor((now - Math.max(...made)) / MINUTE);
  return { perMinute, minutesSince, dry: made.length >= ENOUGH && minutesSince >= DRY };
}

/** The same in words, as a calm cue. */
export function saturationText({ perMinute, minutesSince, dry }: Saturation): string {
  const recent = perMinute.slice(-5).reduce((sum, count) => sum + count, 0);
  if (minutesSince < 1) {
    return `${recent === 1 ? 'One new idea' : `${recent} new ideas`} in the last five minutes`;
  }
  const since = minutesSince === 1 ? 'a minute' : `${minutesSince} minutes`;
  return dry
    ? `Nothing new for ${since}: perhaps a look from a step away`
    : `The last new idea came ${since} ago`;
}
