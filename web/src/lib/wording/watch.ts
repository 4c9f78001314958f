import { api } from '#api/client.ts';
import { debounced } from '#lib/debounced.ts';
import { type Finding, joined, parted, toUtf16 } from './findings.ts';

/** Asks about a text; rejects when the server does not answer. */
export type Ask = (text: string, field: string, signal: AbortSignal) => Promise<Finding[]>;

/** How long nothing is typed before the server is asked, in milliseconds. */
const WAIT = 120;
/** The server takes no longer text at once. */
const LONGEST = 15_000;
/** Texts whose answers are remembered. */
const MOST = 400;

async function askServer(text: string, field: string, signal: AbortSignal): Promise<Finding[]> {
  const { data } = await api.POST('/wording', { body: { text, field }, signal });
  return toUtf16(text, data ?? []);
}

/**
 * Keeps the findings of a field's texts while somebody writes. Only the newest question counts,
 * only texts that are new are asked about, and where there is no answer nothing is shown.
 */
export class WordingWatch {
  readonly #known = new Map<string, Finding[]>();
  readonly #later = debounced(WAIT, () => void this.#askNow());
  #texts: readonly string[] = [];
  #asking: AbortController | undefined;
  readonly #field: () => string;
  readonly #onanswer: () => void;
  readonly #ask: Ask;

  /** `field`: where the texts stand, as the API has it. `onanswer`: more is known. */
  constructor(field: () => string, onanswer: () => void, ask: Ask = askServer) {
    this.#field = field;
    this.#onanswer = onanswer;
    this.#ask = ask;
  }

  /** What is known of a text; nothing before the server has answered about it. */
  of(text: string): readonly Finding[] | undefined {
    return text.trim() === '' ? [] : this.#known.get(this.#key(text));
  }

  /** These are the texts now. */
  look(texts: readonly string[]) {
    this.#texts = texts;
    this.#asking?.abort();
    if (this.#unknown().length > 0) this.#later();
    else this.#later.cancel();
  }

  /** Forgets every question. */
  stop() {
    this.#later.cancel();
    this.#asking?.abort();
  }

  /** The same words may be fine elsewhere. */
  #key(text: string): string {
    return `${this.#field()}\n${text}`;
  }

  #unknown(): string[] {
    const wanted: string[] = [];
    let length = 0;
    for (const text of new Set(this.#texts)) {
      if (this.of(text) !== undefined) continue;
      length += text.length + 2;
      if (length > LONGEST) break;
      wanted.push(text);
    }
    return wanted;
  }

  async #askNow() {
    const texts = this.#unknown();
    if (texts.length === 0 || !navigator.onLine) return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const field = this.#field();
    let found: Finding[];
    try {
      found = await this.#ask(joined(texts), field, asking.signal);
    } catch {
      // A check that does not come is no trouble of the writer's.
      return;
    }
    if (asking.signal.aborted || field !== this.#field()) return;
    const own = parted(texts, found);
    texts.forEach((text, at) => {
      this.#keep(text, own[at] ?? []);
    });
    this.#onanswer();
    // A long text is asked about in parts.
    if (this.#unknown().length > 0) void this.#askNow();
  }

  #keep(text: string, found: Finding[]) {
    this.#known.set(this.#key(text), found);
    const oldest = this.#known.keys().next();
    if (this.#known.size > MOST && !oldest.done) this.#known.delete(oldest.value);
  }
}
