import { answer, api } from '#api/client.ts';
import { asProblem } from '#api/problem.ts';
import type { PreparationNotes } from '#api/types.ts';
import { debounced } from '#lib/debounced.ts';

const PAUSE = 600;

/** What the reader notes for themselves, kept on the server as soon as they pause. */
export class Notes {
  text = $state('');
  done = $state.raw<readonly string[]>([]);
  state = $state<'saved' | 'saving' | 'failed'>('saved');
  /** Why it is not kept. */
  problem = $state('');
  readonly #postmortem: string;
  #etag: string;
  #busy = false;
  #changed = false;
  readonly #later = debounced(PAUSE, () => void this.keep());

  constructor(postmortem: string, { text, done, etag }: PreparationNotes) {
    this.#postmortem = postmortem;
    this.#etag = etag;
    this.text = text;
    this.done = done;
  }

  write(): void {
    this.state = 'saving';
    // Also while an earlier state is on its way: that one is then not the last.
    this.#changed = true;
    this.#later();
  }

  tick(line: string, isDone: boolean): void {
    this.done = isDone ? [...this.done, line] : this.done.filter((it) => it !== line);
    this.write();
  }

  /** One write at a time: what is typed meanwhile goes with the next. */
  async keep(): Promise<void> {
    this.#later.cancel();
    if (this.#busy) return;
    this.#busy = true;
    try {
      do {
        this.#changed = false;
        await this.#put();
      } while (this.#changed);
      this.#later.cancel();
      this.state = 'saved';
    } catch (thrown) {
      this.problem = asProblem(thrown).message;
      this.state = 'failed';
    } finally {
      this.#busy = false;
    }
  }

  async #put(): Promise<void> {
    const params = {
      path: { id: this.#postmortem },
      header: { 'If-Match': `"${this.#etag}"` },
    };
    const body = { text: this.text, done: [...this.done] };
    const kept = await answer(api.PUT('/postmortems/{id}/preparation/notes', { params, body }));
    this.#etag = kept.etag;
  }
}
