import type * as Y from 'yjs';
import { add, type Json, type NewItem, sharedList } from '#lib/record/edit.ts';
import { readingOrder } from '#lib/record/order.ts';
import { richFrom } from '#lib/record/rich.ts';
import type { Entry, Kind, Moment } from '#lib/record/types.ts';

export interface NewEntry extends Moment {
  readonly typed?: string | null;
  readonly question?: string | null;
  readonly kind: Kind;
  readonly lane: string;
  readonly who?: string | null;
  /** Plain words, or rich text that was read from Markdown. */
  readonly text: string | Y.XmlFragment;
  readonly beside?: string | null;
  readonly evidence?: readonly Json[];
}

/** Adds entries in one edit, each behind what stands at its time already. */
export function addEntries(
  doc: Y.Doc,
  all: ReadonlyMap<string, Entry>,
  entries: readonly NewEntry[],
): string[] {
  const last = new Map<string | null, number>();
  for (const { at, order } of all.values()) {
    last.set(at, Math.max(order, last.get(at) ?? Number.NEGATIVE_INFINITY));
  }
  const items = entries.map((entry): NewItem => {
    const order = (last.get(entry.at) ?? 0) + 1;
    last.set(entry.at, order);
    return item(entry, order);
  });
  return add(doc, 'timeline', items);
}

function item(entry: NewEntry, order: number): NewItem {
  const { text, at, until, typed, question, who, beside, evidence, ...values } = entry;
  const given = { at, until, typed, question, who, beside };
  const present = Object.entries(given).filter(([, value]) => value !== null && value !== '');
  return {
    values: { ...values, ...Object.fromEntries(present), order },
    shared: {
      text: typeof text === 'string' ? richFrom(text) : text,
      evidence: sharedList(evidence),
    },
  };
}

/** The values that a time gives an entry; what it no longer has is taken away. */
export function momentPatch(moment: Moment, typed: string | null) {
  return { ...moment, typed, question: null };
}

export const UNKNOWN: Moment = { at: null, until: null, precision: 'unknown' };

/** A server's answer as a moment that agrees with itself. */
export function momentOf(read: {
  readonly at?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly precision?: Moment['precision'] | null | undefined;
}): Moment {
  if (!read.at) return UNKNOWN;
  const precision = read.precision ?? 'exact';
  if (precision === 'unknown') return { at: read.at, until: null, precision: 'approximate' };
  return { at: read.at, until: precision === 'range' ? (read.until ?? null) : null, precision };
}

/** The heads of moments that stand at the same time, in order. */
export function equalsOf(entry: Entry, entries: readonly Entry[]): Entry[] {
  return entries.filter((other) => other.at === entry.at).sort(readingOrder);
}
