/**
 * Times as people read them: UTC first, the reader's own zone beside it.
 *
 * Months are written out, so that no date can be read in two ways.
 */

export type Precision = 'exact' | 'approximate' | 'range' | 'unknown';

/** When something happened, as the record has it. */
export interface Moment {
  at?: string | null | undefined;
  until?: string | null | undefined;
  precision?: Precision | null | undefined;
}

const LANGUAGE = 'en-GB';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a record has hundreds of times. */
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.entries(options).flat().join(' ')}`;
  const made = formats.get(key) ?? create(zone, options);
  formats.set(key, made);
  return made;
}

function create(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: zone });
  } catch {
    // This browser does not know the zone: the truth in UTC is better than nothing.
    return new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: 'UTC' });
  }
}

/** `18:43`, or `18:43:05` where the seconds are known. */
export function clock(at: string, zone = 'UTC'): string {
  const second = new Date(at).getUTCSeconds() === 0 ? {} : { second: '2-digit' as const };
  return format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...second }).format(
    new Date(at),
  );
}

/** `1 March 2026` */
export function day(at: string, zone = 'UTC'): string {
  return format(zone, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** `Sunday 1 March 2026` */
export function longDay(at: string, zone = 'UTC'): string {
  return format(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(new Date(at))
    .replace(',', '');
}

/** `1 Mar` */
export function monthDay(at: string, zone = 'UTC'): string {
  return format(zone, { day: 'numeric', month: 'short' }).format(new Date(at));
}

/** `2026` */
export function year(at: string, zone = 'UTC'): string {
  return format(zone, { year: 'numeric' }).format(new Date(at));
}

/** `1 March 2026, 18:43 UTC` */
export function stamp(at: string): string {
  return `${day(at)}, ${clock(at)} UTC`;
}

/** What the zone is called at that moment: `PDT`, or `GMT+5:30` where it has no short name. */
export function zoneName(at: string, zone: string): string {
  // British English abbreviates European zones, American English those of America.
  const language = zone.startsWith('America/') || zone.startsWith('US/') ? 'en-US' : 'en-GB';
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
    return (
      parts.formatToParts(new Date(at)).find((part) => part.type === 'timeZoneName')?.value ?? zone
    );
  } catch {
    return 'UTC';
  }
}

/** The same moment in the reader's zone: `11:43 PDT`, with the date where it differs from UTC's. */
export function local(at: string, zone: string): string {
  const otherDay = day(at, zone) === day(at) ? '' : `${monthDay(at, zone)}, `;
  return `${otherDay}${clock(at, zone)} ${zoneName(at, zone)}`;
}

/** Whether the reader's zone shows something else than UTC at that moment. */
export function isLocalDifferent(at: string, zone: string): boolean {
  return clock(at, zone) !== clock(at) || day(at, zone) !== day(at);
}

/** `18:43`, `~18:43`, `18:43–18:50` in UTC, or words for a time that nobody knows. */
export function momentText(moment: Moment): string {
  const { at, until, precision } = moment;
  if (!at) return 'time unknown';
  if (precision === 'range' && until) return `${clock(at)}–${rangeEnd(at, until)}`;
  return precision === 'approximate' ? `~${clock(at)}` : clock(at);
}

function rangeEnd(at: string, until: string): string {
  return day(at) === day(until) ? clock(until) : `${monthDay(until)}, ${clock(until)}`;
}

/** How long something took: `2 h 14 min`, `3 days 4 h`, `40 s`. */
export function duration(from: string, to: string): string {
  const length = Math.max(0, Date.parse(to) - Date.parse(from));
  if (length < MINUTE) return `${Math.round(length / 1000)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < 2 * DAY) return joined(length, HOUR, 'h', MINUTE, 'min');
  return joined(length, DAY, 'days', HOUR, 'h');
}

function joined(
  length: number,
  large: number,
  largeName: string,
  small: number,
  smallName: string,
): string {
  const rest = Math.floor((length % large) / small);
  const first = `${Math.floor(length / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}

/** `3 days ago`, in the largest unit that fits. */
export function ago(at: string, now: Date): string {
  const since = Date.parse(at) - now.getTime();
  const units = [
    ['year', 365 * DAY],
    ['month', 30 * DAY],
    ['week', 7 * DAY],
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const;
  const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });
  for (const [unit, length] of units) {
    if (Math.abs(since) >= length) return relative.format(Math.trunc(since / length), unit);
  }
  return 'just now';
}

/** The zones that the browser knows, UTC first, for a list to choose from. */
export function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}
