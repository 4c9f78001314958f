import type { InputDiscipline } from '#api/types.ts';
import type { Entry } from '#lib/record/types.ts';

/** A discipline of which no word stands in the record. */
export interface Gap {
  readonly slug: string;
  readonly label: string;
  /** Whether people were asked as this discipline. */
  readonly asked: boolean;
}

type Spoken = Pick<Entry, 'deleted' | 'lane' | 'evidence'>;

/**
 * The disciplines that somebody is of or was asked as, and that have not said a word. By discipline
 * and never by person: who has not answered is nobody's business. What a tool said is nobody's
 * word.
 */
export function gaps(
  disciplines: readonly InputDiscipline[],
  entries: Iterable<Spoken>,
): readonly Gap[] {
  const spoke = new Set<string>();
  for (const { deleted, lane, evidence } of entries) {
    if (!deleted && !evidence.some(({ event }) => event)) spoke.add(lane);
  }
  return disciplines
    .filter(({ slug, has_people, asked }) => {
      const expected = asked.length > 0 || (has_people && slug !== 'other');
      return expected && !spoke.has(slug);
    })
    .map(({ slug, label, asked }) => ({ slug, label, asked: asked.length > 0 }));
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** The gaps in words; nothing where there is none. */
export function gapWords(found: readonly Gap[]): string {
  if (found.length === 0) return '';
  const names = (of: readonly Gap[]) => LIST.format(of.map(({ label }) => label));
  const asked = found.filter((gap) => gap.asked);
  const all = `No word yet from ${names(found)}.`;
  if (asked.length === 0 || asked.length === found.length) {
    return asked.length === 0 ? all : `${all} ${found.length === 1 ? 'It was' : 'All were'} asked.`;
  }
  return `${all} ${names(asked)} ${asked.length === 1 ? 'was' : 'were'} asked.`;
}
