import createClient, { type Middleware } from 'openapi-fetch';
import { Problem, problemFrom, unreachable } from './problem.ts';
import type { paths } from './schema.ts';

let signedOut: () => void = () => undefined;

/** Calls back when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void) {
  signedOut = listener;
}

const refusals: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.ok) return;
    // A wrong password is answered 401 too, and is no end of a session.
    if (response.status === 401 && !schemaPath.startsWith('/session')) signedOut();
    throw await problemFrom(response);
  },
  onError({ error }) {
    if (error instanceof Problem || isAbort(error)) return;
    return unreachable();
  },
};

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** The API, typed by its own description. A refusal is thrown as a {@link Problem}. */
export const api = createClient<paths>({ baseUrl: `${location.origin}/api/v1` });
api.use(refusals);

interface Answered<T> {
  data?: T;
  response: Response;
}

/**
 * What a call answered. A call that answers without a body is done once it does not throw; the
 * types refuse it here.
 */
export async function answer<T extends NonNullable<unknown>>(
  call: Promise<Answered<T>>,
): Promise<T> {
  return (await tagged(call)).value;
}

/** What a call answered, with the tag that its next write has to carry. */
export async function tagged<T extends NonNullable<unknown>>(
  call: Promise<Answered<T>>,
): Promise<{ value: T; etag: string }> {
  const { data, response } = await call;
  if (data === undefined || data === null) throw new Problem(response.status, {});
  return { value: data, etag: response.headers.get('ETag') ?? '*' };
}
