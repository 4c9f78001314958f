import { clock, monthDay, zoneName } from '#lib/time.ts';

/** When a call is, where the reader is: `5 Mar, 16:00 CET`. */
export function callTime(at: string, zone: string): string {
  return `${monthDay(at, zone)}, ${clock(at, zone)} ${zoneName(at, zone)}`;
}
