/** What is said of an action in a line. Facts, and never whose doing they are. */
import type { ActionState, Watch } from '#api/types.ts';
import { counted } from '#lib/counted.ts';
import { day, year } from '#lib/time.ts';

export const STATES: Readonly<Record<ActionState, string>> = {
  open: 'Open',
  doing: 'Being done',
  done: 'Done',
  declined: 'Won’t be done',
  parked: 'Parked',
};

const DAY = 24 * 60 * 60 * 1000;

/** The day that it is in a zone: `2026-03-01`. */
export function today(zone: string, now = new Date()): string {
  const written = (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).format(now);
  try {
    return written(zone);
  } catch {
    return written('UTC');
  }
}

/** `3 March`, with the year where it is not this one. */
export function shortDay(at: string, now: string, zone = 'UTC'): string {
  const whole = day(at, zone);
  return year(at, zone) === now.slice(0, 4) ? whole.replace(/ \d{4}$/, '') : whole;
}

/** `overdue since 3 March`, `due tomorrow`, `due on 3 March`; nothing without a date. */
export function dueWords(
  { due, state }: { due?: string | null; state: ActionState },
  now: string,
): string {
  if (!due) return '';
  const on = shortDay(`${due}T00:00:00Z`, now);
  if (state === 'done' || state === 'declined') return `was due on ${on}`;
  const days = Math.round((Date.parse(due) - Date.parse(now)) / DAY);
  if (days < 0) return `overdue since ${on}`;
  if (days === 0) return 'due today';
  return days === 1 ? 'due tomorrow' : `due on ${on}`;
}

/** Since when it is where it is: `done on 3 March`; nothing while nobody has begun. */
export function sinceWords(
  { state, state_since }: { state: ActionState; state_since: string },
  now: string,
  zone: string,
): string {
  const on = shortDay(state_since, now, zone);
  switch (state) {
    case 'doing':
      return `being done since ${on}`;
    case 'done':
      return `done on ${on}`;
    case 'declined':
      return `decided against on ${on}`;
    default:
      return '';
  }
}

/** What became of the alerts behind an action, in one line. */
export function watchWords(watch: Watch, now: string, zone: string): string {
  const fired = watch.alerts.flatMap(({ again }) => (again ? [again] : []));
  if (watch.alerts.length === 0) return servicesWords(watch);
  if (fired.length === 0) {
    const until = watch.over ? `until ${shortDay(watch.until, now, zone)}` : '';
    return `quiet since ${shortDay(watch.since, now, zone)} ${until}`.trim();
  }
  const times = fired.reduce((sum, again) => sum + again.times, 0);
  const last = fired.map(({ last_at }) => last_at).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  const on = shortDay(last ?? watch.since, now, zone);
  return times === 1 ? `fired again once, on ${on}` : `fired again ${times} times, last on ${on}`;
}

/** The alerts of the services behind it, before and since. */
export function servicesWords({ services, alerts_before, alerts_since }: Watch): string {
  if (services.length === 0) return '';
  const since = alerts_since === 0 ? 'No alert' : counted(alerts_since, 'alert');
  return `${since} of ${services.join(', ')} since, ${alerts_before} in the 90 days before`;
}

/** What an action still has to say, so that somebody does it: `who does it, by when`. */
export function missingWords(action: {
  readonly owner: string | null;
  readonly due: string | null;
  readonly doneWhen: string;
  readonly state: ActionState;
}): string {
  if (action.state !== 'open' && action.state !== 'doing') return '';
  const missing = [
    !action.owner?.trim() && 'who takes it on',
    !action.due && 'by when',
    action.doneWhen.trim() === '' && 'how you would know that it is done',
  ].filter((words) => words !== false);
  return missing.length === 0 ? '' : `Still to say: ${listed(missing)}.`;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
