import type { Entry } from '#api/types.ts';
import { longDay } from '#lib/time.ts';

/** A moment of the record with all views of it, the first one leading. */
export interface Moment {
  lead: Entry;
  views: readonly Entry[];
}

export interface ReportDay {
  /** `Sunday 1 March 2026`, or words for the entries whose time nobody knows. */
  label: string;
  moments: Moment[];
}

/** The entries, which come in the record's order, by UTC day, with the views of a moment together. */
export function reportDays(entries: readonly Entry[]): ReportDay[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const moments = new Map<string, { lead: Entry; views: Entry[] }>();
  for (const entry of entries) {
    const lead = leader(entry, byId);
    const moment = moments.get(lead.id) ?? { lead, views: [] };
    moment.views.push(entry);
    moments.set(lead.id, moment);
  }
  const days: ReportDay[] = [];
  for (const entry of entries) {
    const moment = moments.get(entry.id);
    if (moment) place(days, moment);
  }
  return days;
}

/** The first entry of a chain of views; a circle ends where it began. */
function leader(entry: Entry, byId: ReadonlyMap<string, Entry>): Entry {
  const seen = new Set<string>();
  let at = entry;
  for (;;) {
    seen.add(at.id);
    const next = at.beside ? byId.get(at.beside) : undefined;
    if (!next) return at;
    if (seen.has(next.id)) return smallest(seen, byId) ?? at;
    at = next;
  }
}

function smallest(ids: ReadonlySet<string>, byId: ReadonlyMap<string, Entry>): Entry | undefined {
  return byId.get([...ids].sort()[0] ?? '');
}

function place(days: ReportDay[], moment: Moment) {
  const label = moment.lead.at ? longDay(moment.lead.at) : 'At a time that nobody knows';
  const last = days.at(-1);
  if (last?.label === label) last.moments.push(moment);
  else days.push({ label, moments: [moment] });
}
