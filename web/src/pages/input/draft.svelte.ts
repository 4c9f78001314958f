import type { InputQuestion, InputToGive } from '#api/types.ts';
import { type TimeReading, TypedTime } from '#lib/incident/typed-time.svelte.ts';
import { keepInput, keptInput } from './kept.ts';
import { randomId } from './random-id.ts';

/** An answer while it is written. */
export class DraftAnswer {
  text = $state('');
  readonly question: InputQuestion;
  readonly time: TypedTime;
  id: string;

  constructor(question: InputQuestion, id: string, ask: TimeReading) {
    this.question = question;
    this.id = id;
    this.time = new TypedTime({ ask });
  }
}

/** What somebody is about to say. It survives a reload, and is forgotten when it is sent. */
export class Draft {
  anonymous = $state(false);
  readonly answers: readonly DraftAnswer[];
  readonly #writer: string;
  readonly #key: string;

  constructor(writer: string, key: string, questions: readonly InputQuestion[], ask: TimeReading) {
    this.#writer = writer;
    this.#key = key;
    const kept = keptInput(writer, key);
    this.anonymous = kept.anonymous;
    this.answers = questions.map((question) => {
      const before = kept.answers[question.text];
      const answer = new DraftAnswer(question, before?.id ?? randomId(), ask);
      answer.text = before?.text ?? '';
      answer.time.text = before?.when ?? '';
      if (before?.when) void answer.time.read();
      return answer;
    });
  }

  get isEmpty(): boolean {
    return this.answers.every(({ text }) => text.trim() === '');
  }

  keep(): void {
    const answers = this.answers.map(({ id, text, time, question }) => [
      question.text,
      { id, text, when: time.text },
    ]);
    keepInput(this.#writer, this.#key, {
      anonymous: this.anonymous,
      answers: Object.fromEntries(answers),
    });
  }

  /** What is sent; what has no words stays. */
  toSend(zone: string): InputToGive {
    const answers = this.answers.flatMap(({ id, text, time }, question) =>
      text.trim() === ''
        ? []
        : [{ id, question, text, when: time.text.trim() || null, at: time.at ?? null }],
    );
    return { answers, anonymous: this.anonymous, zone };
  }

  /** It was sent: there is room for more. */
  clear(): void {
    for (const answer of this.answers) {
      answer.text = '';
      answer.id = randomId();
      answer.time.text = '';
      void answer.time.read();
    }
    this.keep();
  }
}
