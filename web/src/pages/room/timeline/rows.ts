import type { TimelineMoment } from '#lib/record/moments.ts';
import { longDay } from '#lib/time.ts';

const NOBODY_KNOWS = 'Nobody knows yet when';

export interface TimelineRow {
  readonly moment: TimelineMoment;
  /** The day that begins with this row; null where it is the one before's. */
  readonly day: string | null;
  /** The row that Tab leads to. */
  readonly first: boolean;
}

/**
 * The timeline as rows; `at` is where the keyboard was last. A row that did not change is the same
 * object as in `last`, so that a letter typed in one of a thousand rows wakes no other.
 */
export function rowsOf(
  moments: readonly TimelineMoment[],
  at: string | undefined,
  last: readonly TimelineRow[] = [],
): TimelineRow[] {
  const known = new Map(last.map((row) => [row.moment.head.id, row]));
  const first = moments.find(({ head }) => head.id === at) ?? moments[0];
  let before: string | null | undefined;
  return moments.map((moment) => {
    const { head } = moment;
    // Times are stored in UTC, so the first ten letters are the day.
    const today = head.at?.slice(0, 10) ?? null;
    const day = today === before ? null : heading(head.at);
    before = today;
    return keep(known.get(head.id), { moment, day, first: moment === first });
  });
}

function heading(at: string | null): string {
  return at === null ? NOBODY_KNOWS : longDay(at);
}

function keep(old: TimelineRow | undefined, now: TimelineRow): TimelineRow {
  const same = old?.moment === now.moment && old.day === now.day && old.first === now.first;
  return same ? old : now;
}
