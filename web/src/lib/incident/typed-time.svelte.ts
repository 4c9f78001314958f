import { answer, api } from '#api/client.ts';
import { asProblem } from '#api/problem.ts';
import type { Reading, TimeChoice } from '#api/types.ts';
import { session } from '#lib/session.svelte.ts';

const EXAMPLES = 'Write a time such as 18:43, yesterday 23:50 or 2026-03-01 18:43 UTC.';

/** Asks the server how it reads a text. */
export type TimeReading = (text: string) => Promise<Reading>;

/** A time while it is typed: what is written, and how the server reads it. */
export class TypedTime {
  text = $state('');
  /** The moment that is meant, once that is clear. */
  moment = $state.raw<TimeChoice>();
  /** What has to be answered first, or why it cannot be read. */
  question = $state<string>();
  /** The moments that may be meant. */
  choices = $state.raw<readonly TimeChoice[]>([]);
  #asked = '';
  #reading: Promise<void> = Promise.resolve();
  readonly #answer: TimeReading;

  /** `near`: a moment from which a missing date follows; or whom to ask instead. */
  constructor(near: (() => string) | { readonly ask: TimeReading }) {
    this.#answer = 'ask' in near ? near.ask : readNear(near);
  }

  get at(): string | undefined {
    return this.moment?.at ?? undefined;
  }

  /** Asks the server how it reads what is written now; done when the answer is there. */
  read(): Promise<void> {
    const text = this.text.trim();
    if (text !== this.#asked) this.#reading = this.#ask(text);
    return this.#reading;
  }

  async #ask(text: string) {
    this.#asked = text;
    this.#clear();
    if (text === '') return;
    try {
      const read = await this.#answer(text);
      // More was typed meanwhile; that has an answer of its own.
      if (text === this.#asked) this.#take(read);
    } catch (thrown) {
      if (text !== this.#asked) return;
      this.#asked = '';
      this.question = asProblem(thrown).message;
    }
  }

  /** Answers the question. */
  choose(choice: TimeChoice) {
    this.#clear();
    this.moment = choice;
  }

  #take(read: Reading) {
    this.question = misread(read);
    this.choices = read.question?.choices ?? [];
    this.moment = this.question === undefined ? read : undefined;
  }

  #clear() {
    this.moment = undefined;
    this.question = undefined;
    this.choices = [];
  }
}

function readNear(near: () => string): TimeReading {
  return (text) => answer(api.POST('/times', { body: { text, near: near(), zone: session.zone } }));
}

/** What is to be asked about a reading; nothing if it is clear. */
export function misread(read: Reading): string | undefined {
  if (read.question) return read.question.text;
  if (!read.found || !read.at) return EXAMPLES;
  const rest = read.rest.trim();
  return rest === '' ? undefined : `“${rest}” is no part of a time. ${EXAMPLES}`;
}
