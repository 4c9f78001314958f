/** The calls that only the room makes. */
import { problemFrom, unreachable } from '#api/problem.ts';
import type {
  IncidentTimes,
  Postmortem,
  Publication,
  Reading,
  Stage,
  TimeChoice,
} from '#api/types.ts';
import type { Kind, Part, Precision } from '#lib/record/types.ts';

/** What has to be answered before a time can be read, with the moments that may be meant. */
export interface TimeQuestion {
  readonly text: string;
  readonly choices: readonly TimeChoice[];
}

export interface PastedRow {
  readonly at?: string | null;
  readonly until?: string | null;
  readonly precision: Precision;
  readonly typed?: string | null;
  readonly question?: TimeQuestion | null;
  readonly text: string;
  readonly who?: string | null;
  readonly kind?: Kind | null;
  readonly source_line: number;
}

export interface PastePreview {
  readonly rows: readonly PastedRow[];
  readonly skipped: readonly {
    readonly line: number;
    readonly text: string;
    readonly why: string;
    /** It was used for the rows, or says nothing. */
    readonly used: boolean;
  }[];
}

export interface Version {
  readonly version: number;
  readonly at: string;
  readonly by?: string | null;
  readonly changes: readonly string[];
}

export interface Change {
  readonly part: Part | 'prose';
  readonly id: string;
  readonly change: 'added' | 'changed' | 'deleted' | 'restored';
  readonly field?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface Authors {
  readonly part: Part | 'prose';
  readonly id: string;
  readonly field: string;
  readonly by: readonly {
    readonly person?: string | null;
    readonly first_at: string;
    readonly last_at: string;
  }[];
}

export type RecordThen = Pick<
  Publication,
  'timeline' | 'analysis' | 'themes' | 'actions' | 'prose'
>;

export interface PostmortemPatch {
  readonly title?: string;
  readonly incident?: { readonly [K in keyof IncidentTimes]?: string | null };
  readonly severity?: string | null;
  readonly services?: readonly string[];
  readonly stage?: Stage;
  readonly naming?: Postmortem['naming'];
}

interface Listed<T> {
  readonly items: readonly T[];
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface Options {
  readonly body?: unknown;
  readonly etag?: string;
  readonly signal?: AbortSignal;
}

async function call(method: Method, path: string, options: Options = {}): Promise<Response> {
  const headers = new Headers();
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.etag !== undefined) headers.set('If-Match', options.etag);
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const signal = options.signal ?? null;
  const response = await fetch(`/api/v1${path}`, { method, headers, body, signal }).catch(
    (error: unknown) => {
      throw signal?.aborted ? error : unreachable();
    },
  );
  if (!response.ok) throw await problemFrom(response);
  return response;
}

async function json<T>(method: Method, path: string, options?: Options): Promise<T> {
  return (await (await call(method, path, options)).json()) as T;
}

const postmortem = (id: string) => `/postmortems/${encodeURIComponent(id)}`;

export const calls = {
  postmortem: (id: string) => json<Postmortem>('GET', postmortem(id)),
  steer: (id: string, etag: string, body: PostmortemPatch) =>
    json<Postmortem>('PATCH', postmortem(id), { body, etag }),
  readTime: (body: { text: string; postmortem: string; near?: string; zone: string }) =>
    json<Reading>('POST', '/times', { body }),
  paste: (id: string, body: { text: string; zone: string }) =>
    json<PastePreview>('POST', `${postmortem(id)}/paste`, { body }),
  history: (id: string) => json<Listed<Version>>('GET', `${postmortem(id)}/record/history`),
  recordAt: (id: string, version: number) =>
    json<RecordThen>('GET', `${postmortem(id)}/record?version=${version}`),
  changes: (id: string, from: number, to: number) =>
    json<Listed<Change>>('GET', `${postmortem(id)}/record/changes?from=${from}&to=${to}`),
  authors: (id: string) => json<Listed<Authors>>('GET', `${postmortem(id)}/record/authors`),
  preview: (id: string, naming: Postmortem['naming']) =>
    json<Publication>('GET', `${postmortem(id)}/publication?preview=${naming}`),
  publish: (id: string, naming: Postmortem['naming']) =>
    call('POST', `${postmortem(id)}/publication`, { body: { naming } }),
  unpublish: (id: string) => call('DELETE', `${postmortem(id)}/publication`),
};
