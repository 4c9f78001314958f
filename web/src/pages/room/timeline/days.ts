import type { TimelineMoment } from '#lib/record/moments.ts';
import { longDay } from '#lib/time.ts';

const NOBODY_KNOWS = 'Nobody knows yet when';

/** The heading above each moment; null where its day is the one before's. */
export function daysOf(moments: readonly TimelineMoment[]): (string | null)[] {
  let before: string | null | undefined;
  return moments.map(({ head }) => {
    // Times are stored in UTC, so the first ten letters are the day.
    const day = head.at?.slice(0, 10) ?? null;
    const same = day === before;
    before = day;
    if (same) return null;
    return head.at === null ? NOBODY_KNOWS : longDay(head.at);
  });
}
