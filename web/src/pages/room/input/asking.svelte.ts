import { SvelteSet } from 'svelte/reactivity';
import type { InputAsk, InputDiscipline, InputQuestion } from '#api/types.ts';

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
