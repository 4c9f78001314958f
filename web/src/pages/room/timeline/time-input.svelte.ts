import { untrack } from 'svelte';
import { asProblem } from '#api/problem.ts';
import type { Reading } from '#api/types.ts';
import { debounced } from '#lib/debounced.ts';
import type { TimeReader } from './times.ts';

const PAUSE = 120;

/** A text that begins with a time, while it is typed. */
export class TimeInput {
  text = $state('');
  /** How the server reads the text; nothing while that is not known. */
  reading = $state.raw<Reading>();
  offline = $state(false);
  problem = $state<string>();
  readonly #times: TimeReader;
  readonly #near: () => string | null;
  readonly #later = debounced(PAUSE, () => void this.read());

  constructor(times: TimeReader, near: () => string | null) {
    this.#times = times;
    this.#near = near;
  }

  changed(): void {
    if (this.text.trim() === '') this.clear();
    else this.#later();
  }

  clear(): void {
    this.#later.cancel();
    this.text = '';
    this.reading = undefined;
    this.problem = undefined;
  }

  /** The reading of what is written now; null where the server cannot be asked. */
  async read(): Promise<Reading | null> {
    this.#later.cancel();
    const text = untrack(() => this.text);
    try {
      const reading = await this.#times.read(text, this.#near());
      if (text === this.text) {
        this.reading = reading ?? undefined;
        this.offline = reading === null;
        this.problem = undefined;
      }
      return reading;
    } catch (thrown) {
      if (text === this.text) this.problem = asProblem(thrown).message;
      return null;
    }
  }
}
