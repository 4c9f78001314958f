import type { components } from '#api/schema.ts';

export type Entry = components['schemas']['WordingEntry'];
export type Edits = components['schemas']['WordingEdits'];
export type Family = Entry['family'];

/** What the organisation changed, as a list with these entries says it. */
export function editsOf(list: readonly Entry[]): Edits {
  const builtIn = list.filter(({ own }) => !own);
  const changed = builtIn.filter(({ original }) => original);
  return {
    off: builtIn.filter(({ on }) => !on).map(({ id }) => id),
    questions: Object.fromEntries(changed.map(({ id, question }) => [id, question])),
    own: list
      .filter(({ own }) => own)
      .map(({ id, family, pattern, question, people_only, on }) => ({
        id,
        family,
        pattern,
        question,
        people_only,
        on,
      })),
  };
}

/** The list with one entry changed; one that is not in it is added. */
export function withEntry(list: readonly Entry[], entry: Entry): Entry[] {
  const isThere = list.some(({ id }) => id === entry.id);
  return isThere ? list.map((it) => (it.id === entry.id ? entry : it)) : [...list, entry];
}

/** The entry with another question; the built-in one is remembered beside it. */
export function withQuestion(entry: Entry, question: string): Entry {
  const words = question.trim();
  if (entry.own) return { ...entry, question: words };
  const original = entry.original ?? entry.question;
  return { ...entry, question: words, original: words === original ? null : original };
}

/** An entry of one's own, without words yet. */
export function newEntry(): Entry {
  return {
    id: `own-${crypto.randomUUID()}`,
    family: 'blame',
    pattern: '',
    question: '',
    original: null,
    people_only: false,
    own: true,
    on: true,
  };
}
