import type { Visitor } from '#lib/record/presence.ts';

/** Who else looks at which entry of the timeline. */
export function visitorsByEntry(
  visitors: readonly Visitor[],
): ReadonlyMap<string, readonly Visitor[]> {
  const byEntry = new Map<string, Visitor[]>();
  for (const visitor of visitors) {
    if (visitor.me) continue;
    for (const { part, id } of visitor.looking) {
      if (part !== 'timeline' || id === null) continue;
      byEntry.set(id, [...(byEntry.get(id) ?? []), visitor]);
    }
  }
  return byEntry;
}
