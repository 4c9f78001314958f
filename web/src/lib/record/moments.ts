import { readingOrder } from './order.ts';
import type { Entry } from './types.ts';

/** One moment of the timeline: an entry, and the other views of it that stand at its side. */
export interface TimelineMoment {
  readonly head: Entry;
  readonly views: readonly Entry[];
}

/** The first entry of a chain of `beside`; an entry of a circle or of a lost chain heads itself. */
export function headOf(entry: Entry, all: ReadonlyMap<string, Entry>): Entry {
  const seen = new Set([entry.id]);
  let head = entry;
  while (head.beside !== null) {
    const next = all.get(head.beside);
    if (next === undefined || next.deleted) return head;
    if (seen.has(next.id)) return entry;
    seen.add(next.id);
    head = next;
  }
  return head;
}

/**
 * The timeline in reading order. A moment that did not change is the same object as in `before`,
 * so that a page of thousands of rows redraws only the one that did.
 */
export function moments(
  all: ReadonlyMap<string, Entry>,
  before: ReadonlyMap<string, TimelineMoment> = new Map(),
): TimelineMoment[] {
  const present = [...all.values()].filter((entry) => !entry.deleted).sort(readingOrder);
  const views = new Map<string, Entry[]>();
  const heads: Entry[] = [];
  for (const entry of present) {
    const head = headOf(entry, all);
    if (head.id === entry.id) heads.push(entry);
    else views.set(head.id, [...(views.get(head.id) ?? []), entry]);
  }
  return heads.map((head) => keep(before.get(head.id), { head, views: views.get(head.id) ?? [] }));
}

function keep(old: TimelineMoment | undefined, now: TimelineMoment): TimelineMoment {
  const same =
    old !== undefined &&
    old.head === now.head &&
    old.views.length === now.views.length &&
    old.views.every((view, i) => view === now.views[i]);
  return same ? old : now;
}
