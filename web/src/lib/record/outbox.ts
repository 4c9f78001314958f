/** Letters typed without such a pause are one edit to whoever reads "3 edits kept here". */
const PAUSE = 1000;

interface Edit {
  /** Made on an earlier visit, or in another tab, and kept by the browser. */
  readonly earlier: boolean;
  /** The last frame on this connection that carried it; none while it was not sent. */
  frame: number | null;
}

/**
 * Which of this person's edits the server has not yet said to have on disk. It knows frames by
 * their number on the present connection only, so a new connection begins anew.
 */
export class Outbox {
  #edits: Edit[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #sent = 0;
  #saved = 0;

  get unsaved(): number {
    return this.#edits.length;
  }

  /** How many of them are of earlier visits. */
  get earlier(): number {
    return this.#edits.filter(({ earlier }) => earlier).length;
  }

  /** Whether every frame that was sent is on disk; before the first was sent nothing is known. */
  get settled(): boolean {
    return this.#sent > 0 && this.#saved >= this.#sent && this.#edits.length === 0;
  }

  restore(count: number): void {
    for (let i = 0; i < count; i++) this.#edits.unshift({ earlier: true, frame: null });
  }

  wrote(now: number): void {
    const continued = now - this.#last < PAUSE;
    this.#last = now;
    const edit = continued ? this.#edits.at(-1) : undefined;
    if (edit === undefined) this.#edits.push({ earlier: false, frame: null });
    else edit.frame = null;
  }

  /** A frame goes out that carries everything not sent before. */
  sent(): void {
    this.#sent += 1;
    for (const edit of this.#edits) edit.frame ??= this.#sent;
  }

  /** The server has the first `count` frames on disk. */
  saved(count: number): void {
    this.#saved = Math.max(this.#saved, count);
    this.#edits = this.#edits.filter(({ frame }) => frame === null || frame > this.#saved);
  }

  /** The connection is gone, and with it the numbers. */
  cut(): void {
    this.#sent = 0;
    this.#saved = 0;
    for (const edit of this.#edits) edit.frame = null;
  }
}
