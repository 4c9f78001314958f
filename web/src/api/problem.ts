const AWAY = new Set([502, 503, 504]);

/** What the server says when it refuses something: RFC 9457, and our own words where there is none. */
export class Problem extends Error {
  /** The last part of the problem's type, such as `stale`. */
  readonly kind: string;
  /** The HTTP status; 0 if the server was not reached. */
  readonly status: number;
  /** The field that was refused, as the request named it. */
  readonly field: string | undefined;
  /** What a time has to be asked about. */
  readonly question: string | undefined;
  /** What stands there now, where a write came too late. */
  readonly current: unknown;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(sentence(text(body['detail']) ?? text(body['title']) ?? unexplained(status)));
    this.name = 'Problem';
    this.kind = text(body['type'])?.split('/').at(-1) ?? 'unknown';
    this.status = status;
    this.field = text(body['field']);
    this.question = questionText(body['question']);
    this.current = body['current'];
  }

  /** The server was not reached, or a proxy before it says that it is away. */
  get isOffline(): boolean {
    return this.status === 0 || (this.kind === 'unknown' && AWAY.has(this.status));
  }
}

/** The problem that a refused response carries; a body that is none is explained by its status. */
export async function problemFrom(response: Response): Promise<Problem> {
  return problemOf(response.status, await response.json().catch(() => undefined));
}

/** The same for a body that is read already. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem(status, isObject(body) ? body : {});
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem(500, { detail: 'This page met something unexpected. Load it again.' });
}

export function unreachable(): Problem {
  return new Problem(0, {
    type: '/problems/unreachable',
    detail: 'The server cannot be reached. Check your connection and try again.',
  });
}

/** A question comes with the moments that may be meant, or as words alone. */
function questionText(question: unknown): string | undefined {
  return text(isObject(question) ? question['text'] : question);
}

/** As a sentence of its own; a name such as `started_at` stays as it is written. */
function sentence(words: string): string {
  const named = /^\w*_/.test(words);
  const begun = named ? words : words.charAt(0).toLocaleUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function unexplained(status: number): string {
  return status >= 500
    ? `The server could not do this (${status}). Try again in a moment.`
    : `The server refused this (${status}).`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
