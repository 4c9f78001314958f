import assert from 'node:assert/strict';
import type { Server } from './server.ts';

export interface Entry {
  readonly id: string;
  readonly at: string | null;
  readonly until: string | null;
  readonly precision: string;
  readonly text: string;
  readonly evidence: readonly { url: string; title: string | null; event: string | null }[];
  readonly etag: string;
}

export interface Node {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly parent: string | null;
  readonly entries: readonly string[];
  readonly tag: string | null;
  readonly system: string | null;
  readonly also: readonly string[];
  readonly signal: string | null;
  readonly needed_by: string | null;
  readonly needed: string | null;
  readonly was_at: string | null;
}

export interface Theme {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly string[];
  readonly candidate: boolean;
  readonly reason: string;
}

export interface Action {
  readonly id: string;
  readonly title: string;
  readonly done_when: string;
  readonly owner: string | null;
  readonly due: string | null;
  readonly theme: string | null;
  readonly state: string;
  readonly etag: string;
}

export interface Projection {
  readonly timeline: readonly Entry[];
  readonly analysis: readonly Node[];
  readonly themes: readonly Theme[];
  readonly actions: readonly Action[];
  readonly prose: Readonly<Record<string, string>>;
  readonly warnings: readonly unknown[];
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | null;
}

/** The API as a program uses it, with somebody's bearer token. */
export class Api {
  readonly #server: Server;
  readonly token: string;

  constructor(server: Server, token: string) {
    this.#server = server;
    this.token = token;
  }

  async send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#server.address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
      etag: response.headers.get('etag'),
    };
  }

  /** Sends where only this status will do, and gives the body. */
  async must<T>(
    status: number,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const answer = await this.send<T>(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  get<T>(path: string): Promise<T> {
    return this.must<T>(200, 'GET', path);
  }

  post<T = { id: string; etag: string }>(path: string, body: unknown): Promise<T> {
    return this.must<T>(201, 'POST', path, body);
  }

  record(postmortem: string): Promise<Projection> {
    return this.get<Projection>(`/postmortems/${postmortem}/record`);
  }
}
