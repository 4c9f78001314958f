import { asProblem } from '#api/problem.ts';
import { calls } from './calls.ts';

/** A thought that is written in silence. */
export interface Thought {
  readonly id: string;
  text: string;
  anonymous: boolean;
  /** Whether it has a name cannot be changed once the server has it. */
  fixed: boolean;
  state: string;
}

const PAUSE = 600;
const KEPT = 'Kept, unseen';
const WAITING = 'Kept by this browser, not yet by the server';

/** What this browser keeps of thoughts whose ids nobody else knows, so that a reload loses none. */
class Drawer {
  readonly #key: string;

  constructor(postmortem: string, silence: string) {
    this.#key = `silence/${postmortem}/${silence}`;
  }

  read(): { id: string; text: string; anonymous: boolean; fixed: boolean }[] {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  write(notes: readonly Thought[]): void {
    try {
      const kept = notes.map(({ id, text, anonymous, fixed }) => ({ id, text, anonymous, fixed }));
      sessionStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Where the browser keeps nothing, the server does, with the next pause.
    }
  }
}

/** The thoughts of one person in one silence. */
export class Desk {
  notes = $state<Thought[]>([]);
  readonly #postmortem: string;
  readonly #drawer: Drawer;
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  /** `silence`: what tells this silence from others. */
  constructor(postmortem: string, silence: string) {
    this.#postmortem = postmortem;
    this.#drawer = new Drawer(postmortem, silence);
  }

  /** What was written before, here or, in one's own name, elsewhere. */
  async load(): Promise<void> {
    this.notes = this.#drawer.read().map((note) => ({ ...note, state: '' }));
    try {
      const { items } = await calls.notes(this.#postmortem);
      const here = new Set(this.notes.map(({ id }) => id));
      const elsewhere = items.filter(({ id }) => !here.has(id));
      this.notes.push(
        ...elsewhere.map((note) => ({ ...note, anonymous: false, fixed: true, state: KEPT })),
      );
    } catch {
      // What this browser keeps is shown all the same.
    }
    for (const note of this.notes) if (note.state === '') this.changed(note);
  }

  add(id: string): void {
    this.notes.push({ id, text: '', anonymous: false, fixed: false, state: '' });
  }

  /** Keeps it here at once, and on the server with the next pause. */
  changed(note: Thought): void {
    this.#drawer.write(this.notes);
    clearTimeout(this.#waiting.get(note.id));
    this.#waiting.set(
      note.id,
      setTimeout(() => void this.keep(note), PAUSE),
    );
  }

  async keep(note: Thought): Promise<void> {
    clearTimeout(this.#waiting.get(note.id));
    this.#waiting.delete(note.id);
    if (note.text.trim() === '' && !note.fixed) return;
    try {
      note.fixed = true;
      await calls.keepNote(this.#postmortem, note.id, note.text, note.anonymous);
      note.state = KEPT;
    } catch (thrown) {
      const problem = asProblem(thrown);
      note.state = problem.isOffline ? WAITING : problem.message;
      if (problem.isOffline) this.changed(note);
    }
    this.#drawer.write(this.notes);
  }

  /** Whatever still waits for a pause. */
  async keepAll(): Promise<void> {
    const waiting = this.notes.filter(({ id }) => this.#waiting.has(id));
    await Promise.all(waiting.map((note) => this.keep(note)));
  }
}
