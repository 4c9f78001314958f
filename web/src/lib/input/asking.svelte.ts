import { SvelteSet } from 'svelte/reactivity';
import type { InputAsk, InputDiscipline, InputQuestion, Person } from '#api/types.ts';

/** A discipline that may be asked: who of it, and what. */
export class Asking {
  readonly slug: string;
  readonly label: string;
  /** Ids of those who were asked already. */
  readonly asked: readonly string[];
  chosen = $state(false);
  /** Ids of those who may be asked, and of those who are. */
  candidates = $state.raw<readonly string[]>([]);
  readonly people = new SvelteSet<string>();
  questions = $state<InputQuestion[]>([]);

  constructor({ slug, label, asked, proposed, questions }: InputDiscipline, chosen: boolean) {
    this.slug = slug;
    this.label = label;
    this.asked = asked;
    this.candidates = proposed;
    this.chosen = chosen && proposed.length > 0;
    this.questions = questions.map((question) => ({ ...question }));
    for (const id of proposed) this.people.add(id);
  }

  /** Asks somebody too, of whatever discipline. */
  add(person: string): void {
    if (!this.candidates.includes(person)) this.candidates = [...this.candidates, person];
    this.people.add(person);
  }

  toggle(person: string): void {
    if (!this.people.delete(person)) this.people.add(person);
  }

  addQuestion(): void {
    this.questions.push({ text: '', timed: true });
  }
}

/** The people of an installation by their id. */
export type People = ReadonlyMap<string, Person>;

/**
 * What is known of a discipline, with those of it in the place of whom the server proposes: for
 * whoever is asked about some people rather than about all.
 */
export function ofThese(
  { proposed: _, ...discipline }: InputDiscipline,
  people: readonly (Person | undefined)[],
): InputDiscipline {
  const proposed = people
    .filter((it) => it !== undefined)
    .filter((it) => it.discipline === discipline.slug && !discipline.asked.includes(it.id))
    .map(({ id }) => id);
  return { ...discipline, proposed };
}

/** What is sent of what was chosen; a question without words is left out. */
export function asksOf(all: readonly Asking[]): InputAsk[] {
  return all
    .filter(({ chosen, people }) => chosen && people.size > 0)
    .map(({ slug, people, questions }) => ({
      discipline: slug,
      people: [...people],
      questions: questions
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, timed }) => ({ text, timed })),
    }));
}
