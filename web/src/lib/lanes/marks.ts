import type { Kind, Precision } from '#lib/record/types.ts';
import type { Scale } from './scale.ts';

/** What the picture needs to know of an entry. */
export interface LaneEntry {
  readonly id: string;
  readonly at?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly precision: Precision;
  readonly kind: Kind;
  readonly lane: string;
  /** Plain words. */
  readonly text: string;
}

export interface Mark {
  readonly entry: LaneEntry;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
  /** Which line of its lane it stands on, so that none hides another. */
  readonly level: number;
}

export interface Lane {
  readonly slug: string;
  readonly marks: readonly Mark[];
  readonly levels: number;
}

/** The room that a mark takes beside the next one. */
const SIZE = 18;

/** The marks of each lane; lanes come in the order that is given, others behind. */
export function lanesOf(
  entries: readonly LaneEntry[],
  order: readonly string[],
  scale: Scale,
): Lane[] {
  const slugs = new Set(entries.flatMap(({ at, lane }) => (at ? [lane] : [])));
  const known = order.filter((slug) => slugs.has(slug));
  const others = [...slugs].filter((slug) => !known.includes(slug)).sort();
  return [...known, ...others].map((slug) => laneOf(slug, entries, scale));
}

function laneOf(slug: string, entries: readonly LaneEntry[], scale: Scale): Lane {
  const ends: number[] = [];
  const marks = spansOf(entries.filter(({ lane }) => lane === slug)).map((span): Mark => {
    const x = scale.x(span.from);
    const width = Math.max(0, scale.x(span.to) - x);
    const free = ends.findIndex((end) => end <= x);
    const level = free < 0 ? ends.length : free;
    ends[level] = x + width + SIZE;
    return { ...span, x, width, level };
  });
  return { slug, marks, levels: Math.max(1, ends.length) };
}

/** The entries that have a time, in order, as stretches of it. */
export function spansOf(entries: readonly LaneEntry[]) {
  return entries
    .flatMap((entry) => {
      if (!entry.at) return [];
      const from = Date.parse(entry.at);
      const to = entry.precision === 'range' && entry.until ? Date.parse(entry.until) : from;
      return [{ entry, from, to: Math.max(from, to) }];
    })
    .sort((a, b) => a.from - b.from);
}
