import type { SourceState } from '#api/types.ts';
import { counted } from '#lib/counted.ts';
import { ago, stamp } from '#lib/time.ts';

const DAYS = 7;

/** How a source fares, in sentences: what arrives, and what does not. */
export function healthWords(state: SourceState, now: Date): { fares: string; troubles: string[] } {
  return { fares: faring(state, now), troubles: troubles(state) };
}

function faring({ last_at, week, all }: SourceState, now: Date): string {
  if (!last_at) return 'Nothing has arrived yet.';
  const last = `Last event ${ago(last_at, now)}, on ${stamp(last_at)}`;
  return `${last}. ${rate(week)} ${counted(all, 'event')} in all.`;
}

function rate(week: number): string {
  if (week === 0) return 'None in the last week.';
  const aDay = Math.round(week / DAYS);
  return aDay < 1
    ? `${counted(week, 'event')} in the last week.`
    : `About ${counted(aDay, 'event')} a day in the last week.`;
}

function troubles({ refused, unreadable, failed }: SourceState): string[] {
  return [
    refused > 0 && `${counted(refused, 'message')} refused: the signature or secret did not fit.`,
    unreadable > 0 && `${counted(unreadable, 'message')} could not be read, and can be replayed.`,
    failed > 0 && `Asking it failed ${failed === 1 ? 'once' : `${failed} times`}.`,
  ].filter((sentence) => sentence !== false);
}
