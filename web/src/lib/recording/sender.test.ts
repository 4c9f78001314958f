import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pieces } from './pieces.ts';
import { Sender } from './sender.svelte.ts';

const ADDRESS = '/api/v1/postmortems/p/recording/uploads/u';

/** A server of one upload, which may be away. */
class Server {
  bytes: number[] = [];
  whole = false;
  away = 0;
  /** Answers are lost on the way back, though the bytes arrived. */
  deaf = 0;

  fetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    if (this.away > 0) {
      this.away -= 1;
      throw new TypeError('away');
    }
    if (init.method === 'HEAD') return this.#answer(200);
    const headers = new Headers(init.headers);
    if (Number(headers.get('Upload-Offset')) !== this.bytes.length) return this.#answer(409);
    this.bytes.push(...new Uint8Array(init.body as ArrayBuffer));
    if (headers.get('Upload-Length') === String(this.bytes.length)) this.whole = true;
    if (this.deaf > 0) {
      this.deaf -= 1;
      throw new TypeError('deaf');
    }
    return this.#answer(204);
  };

  #answer(status: number): Response {
    const headers = { 'Upload-Offset': String(this.bytes.length) };
    return new Response(null, { status, headers });
  }
}

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

describe('a recording on its way', () => {
  let server: Server;

  beforeEach(() => {
    server = new Server();
    vi.stubGlobal('fetch', server.fetch);
  });

  afterEach(async () => {
    vi.unstubAllGlobals();
    await pieces.forget('u');
  });

  it('arrives piece by piece, and is whole', async () => {
    const sender = new Sender(ADDRESS);
    await sender.add(bytes(1, 2));
    await sender.add(bytes(3));
    await sender.finish();
    expect(server.bytes).toEqual([1, 2, 3]);
    expect(server.whole).toBe(true);
    expect(await pieces.of('u')).toEqual([]);
  });

  it('waits for a server that is away, and sends nothing twice', async () => {
    server.away = 1;
    server.deaf = 1;
    const sender = new Sender(ADDRESS);
    await sender.add(bytes(1, 2));
    await sender.add(bytes(3));
    await sender.finish();
    expect(server.bytes).toEqual([1, 2, 3]);
  });

  it('goes on after the page was closed', async () => {
    server.bytes = [1];
    await pieces.keep('u', { offset: 0, bytes: bytes(1, 2) });
    await pieces.keep('u', { offset: 2, bytes: bytes(3) });
    const sender = await Sender.resumed(ADDRESS);
    expect(sender.total).toBe(3);
    await sender.finish();
    expect(server.bytes).toEqual([1, 2, 3]);
    expect(server.whole).toBe(true);
  });
});
