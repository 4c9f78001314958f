import { asProblem, type Problem } from '#api/problem.ts';

/** One page of a list, as the API answers it. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null;
}

/** A list that is fetched page by page, anew whenever what is asked for changes. */
export class Pages<Item, Query> {
  items = $state.raw<readonly Item[]>([]);
  /** Nothing was answered yet to the present question. */
  fresh = $state(true);
  busy = $state(false);
  problem = $state.raw<Problem>();
  #next = $state<string | null>();
  #query: Query | undefined;
  #asked = 0;
  readonly #fetch: (query: Query, cursor: string | undefined) => Promise<Page<Item>>;

  constructor(fetch: (query: Query, cursor: string | undefined) => Promise<Page<Item>>) {
    this.#fetch = fetch;
  }

  get hasMore(): boolean {
    return Boolean(this.#next);
  }

  /** Asks anew. What stood there stays until the answer is here, so that nothing jumps. */
  async ask(query: Query) {
    this.#query = query;
    await this.#turn(query, undefined, []);
  }

  async more() {
    if (this.#query !== undefined && this.#next && !this.busy) {
      await this.#turn(this.#query, this.#next, this.items);
    }
  }

  async #turn(query: Query, cursor: string | undefined, before: readonly Item[]) {
    const asked = ++this.#asked;
    this.busy = true;
    try {
      const page = await this.#fetch(query, cursor);
      // A later question was asked meanwhile: this answer is of no interest any more.
      if (asked !== this.#asked) return;
      this.items = [...before, ...page.items];
      this.#next = page.next ?? null;
      this.problem = undefined;
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown);
    } finally {
      if (asked === this.#asked) {
        this.busy = false;
        this.fresh = false;
      }
    }
  }
}
