import { answer, api } from '#api/client.ts';
import { asProblem } from '#api/problem.ts';
import type { Reading } from '#api/types.ts';

const EXAMPLES = 'Write a time such as 18:43, yesterday 23:50 or 2026-03-01 18:43 UTC.';

/** A time while it is typed: what is written, and how the server reads it. */
export class TypedTime {
  text = $state('');
  reading = $state.raw<Reading>();
  /** Why it cannot be read yet. */
  question = $state<string>();
  #read = '';
  readonly #near: () => string;

  /** `near`: a moment from which a missing date follows. */
  constructor(near: () => string) {
    this.#near = near;
  }

  /** The moment, if one was read. */
  get at(): string | undefined {
    return this.reading?.at ?? undefined;
  }

  /** Asks the server how it reads what is written now. */
  async read() {
    const text = this.text.trim();
    if (text === this.#read) return;
    this.#read = text;
    if (text === '') {
      this.#take(undefined, undefined);
      return;
    }
    try {
      const reading = await answer(
        api.POST('/api/v1/times', { body: { text, near: this.#near() } }),
      );
      // More was typed meanwhile; that has an answer of its own.
      if (text === this.#read) this.#take(reading, misread(reading));
    } catch (thrown) {
      this.#read = '';
      this.#take(undefined, asProblem(thrown).message);
    }
  }

  #take(reading: Reading | undefined, question: string | undefined) {
    this.reading = question ? undefined : reading;
    this.question = question;
  }
}

/** What is to be asked about a reading; nothing if it is clear. */
export function misread(reading: Reading): string | undefined {
  if (reading.question) return reading.question;
  if (!reading.found || !reading.at) return EXAMPLES;
  const rest = reading.rest.trim();
  return rest === '' ? undefined : `“${rest}” is no part of a time. ${EXAMPLES}`;
}
