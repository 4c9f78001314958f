import type { components } from '#api/schema.ts';
import { moments, type TimelineMoment } from '../record/moments.ts';
import type { Entry } from '../record/types.ts';

type Told = components['schemas']['Entry'];

/** The words without the signs of Markdown: links by their names, nothing in bold. */
function unmarked(text: string): string {
  return text.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/\*+|`+/g, '');
}

/** An entry as the server tells it, in the shape that the live record has. */
function entryOf(told: Told): Entry {
  const words = { type: 'text' as const, text: unmarked(told.text), marks: [] };
  return {
    id: told.id,
    order: told.order,
    deleted: false,
    withheld: told.withheld ?? false,
    at: told.at ?? null,
    until: told.until ?? null,
    precision: told.precision,
    typed: told.typed ?? null,
    question: told.question ?? null,
    kind: told.kind,
    lane: told.lane,
    who: told.who ?? null,
    text: [{ type: 'paragraph', attrs: {}, content: [words] }],
    // What is read of a record here needs no links.
    evidence: [],
    beside: told.beside ?? null,
    proposed: told.proposed ?? false,
    asked: told.asked ?? null,
  };
}

/** The timeline of a record that is not open: its moments in reading order. */
export function momentsOf(timeline: readonly Told[]): readonly TimelineMoment[] {
  return moments(new Map(timeline.map((told) => [told.id, entryOf(told)])));
}
