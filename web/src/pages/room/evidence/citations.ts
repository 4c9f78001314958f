import type { Entry } from '#lib/record/types.ts';

/** The entries of the record by the event that they cite. */
export type Citations = ReadonlyMap<string, string>;

export function citationsOf(entries: Iterable<Entry>): Citations {
  const cited = new Map<string, string>();
  for (const { id, deleted, evidence } of entries) {
    if (deleted) continue;
    for (const { event } of evidence) {
      if (event !== undefined && !cited.has(event)) cited.set(event, id);
    }
  }
  return cited;
}

/** The entry that cites one of these events. */
export function citing(events: readonly string[], cited: Citations): string | undefined {
  const event = events.find((id) => cited.has(id));
  return event === undefined ? undefined : cited.get(event);
}
