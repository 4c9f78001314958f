import type { components } from '#api/schema.ts';
import { difference } from '#lib/record/words.ts';

type Found = components['schemas']['WordingFinding'];

export type Family = Found['family'];

/** A wording in a text, in UTF-16 units as the browser counts. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly family: Family;
  readonly question: string;
}

/** What stands in the place of what is no word of the writer: code, links, pictures. */
export const PLACEHOLDER = '\ufffc';

/** Between texts that are checked together. */
const GAP = '\n\n';

/** The server counts Unicode scalar values; a browser counts UTF-16 units. */
export function toUtf16(text: string, found: readonly Found[]): Finding[] {
  const wanted = new Set(found.flatMap(({ start, end }) => [start, end]));
  const units = new Map<number, number>();
  let scalar = 0;
  let unit = 0;
  for (const letter of text) {
    if (wanted.has(scalar)) units.set(scalar, unit);
    scalar++;
    unit += letter.length;
  }
  units.set(scalar, unit);
  return found.flatMap(({ start, end, family, question }) => {
    const [from, to] = [units.get(start), units.get(end)];
    return from === undefined || to === undefined
      ? []
      : [{ start: from, end: to, family, question }];
  });
}

/** Several texts as one. */
export function joined(texts: readonly string[]): string {
  return texts.join(GAP);
}

/** What was found in several texts that were checked as one, by text. */
export function parted(texts: readonly string[], found: readonly Finding[]): Finding[][] {
  let from = 0;
  return texts.map((text) => {
    const to = from + text.length;
    const own = found
      .filter(({ start, end }) => start >= from && end <= to)
      .map((it) => ({ ...it, start: it.start - from, end: it.end - from }));
    from = to + GAP.length;
    return own;
  });
}

/** With these a word goes on. */
const GOES_ON = /^[\p{L}\p{N}'’-]/u;

/** Where findings stand after an edit; those that it touched are asked about anew. */
export function carried(before: string, after: string, found: readonly Finding[]): Finding[] {
  if (before === after || found.length === 0) return [...found];
  const { start, removed, inserted } = difference(before, after, after.length);
  const by = inserted.length - removed;
  return found.flatMap((it) => {
    const isWhole = it.end === start && removed === 0 && !GOES_ON.test(inserted);
    if (it.end < start || isWhole) return [it];
    if (it.start > start + removed) return [{ ...it, start: it.start + by, end: it.end + by }];
    return [];
  });
}
