import { asProblem, type Problem } from '#api/problem.ts';

/** A form that is sent once at a time, and whose refusal is shown where it belongs. */
export class Form {
  busy = $state(false);
  problem = $state.raw<Problem>();
  readonly #fields: readonly string[];

  /**
   * `fields`: the names, as the API has them, that are shown with an error of their own; one with a
   * full stop at its end stands for all that begin with it.
   */
  constructor(...fields: readonly string[]) {
    this.#fields = fields;
  }

  /** Whether it was done. */
  async send(action: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    try {
      await action();
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What was wrong with one field. */
  error(field: string): string | undefined {
    return this.problem?.field === field
      ? (this.problem.question ?? this.problem.message)
      : undefined;
  }

  /** What was wrong, if no field shows it. */
  get general(): string | undefined {
    const field = this.problem?.field;
    const isShown = (known: string) =>
      field === known || (known.endsWith('.') && field?.startsWith(known));
    return this.#fields.some(isShown) ? undefined : this.problem?.message;
  }
}
