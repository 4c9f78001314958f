import 'fake-indexeddb/auto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { get } from 'svelte/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { add } from './edit.ts';
import { root } from './live.ts';
import type { Socket } from './provider.ts';
import { openRoom, type Room } from './room.ts';

/** A server that speaks the wire, and stores (acknowledges) only when the test lets it. */
class Server {
  readonly doc = new Y.Doc();
  readonly links = new Set<Link>();
  reachable = true;
  storing = true;

  connect(): Link {
    const link = new Link(this);
    this.links.add(link);
    queueMicrotask(() => (this.reachable ? link.open() : link.end(1006)));
    return link;
  }

  cut(code = 1006, reason = ''): void {
    for (const link of [...this.links]) link.end(code, reason);
  }

  cannotStore(reason: string): void {
    for (const link of this.links) link.cannotStore(reason);
  }

  store(): void {
    this.storing = true;
    for (const link of this.links) link.acknowledge();
  }
}

class Link implements Socket {
  binaryType = '';
  readyState = 0;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly kinds: number[] = [];
  received = 0;
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  open(): void {
    this.readyState = 1;
    this.#server.doc.on('update', this.#forward);
    this.onopen?.(new Event('open'));
    this.#reply((encoder) => {
      encoding.writeVarUint(encoder, 0);
      sync.writeSyncStep1(encoder, this.#server.doc);
    });
  }

  send(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    this.kinds.push(kind);
    if (kind !== 0) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    const type = sync.readSyncMessage(decoder, encoder, this.#server.doc, this);
    if (type === sync.messageYjsSyncStep1) this.#emit(encoding.toUint8Array(encoder));
    else this.received += 1;
    if (this.#server.storing) this.acknowledge();
  }

  acknowledge(): void {
    this.#reply((encoder) => {
      encoding.writeVarUint(encoder, 100);
      encoding.writeVarUint(encoder, this.received);
    });
  }

  cannotStore(reason: string): void {
    this.#reply((encoder) => {
      encoding.writeVarUint(encoder, 101);
      encoding.writeVarString(encoder, reason);
    });
  }

  end(code: number, reason = ''): void {
    this.close();
    this.onclose?.(Object.assign(new Event('close'), { code, reason }) as CloseEvent);
  }

  close(): void {
    this.readyState = 3;
    this.#server.links.delete(this);
    this.#server.doc.off('update', this.#forward);
  }

  readonly #forward = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.#reply((encoder) => {
      encoding.writeVarUint(encoder, 0);
      sync.writeUpdate(encoder, update);
    });
  };

  #reply(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    write(encoder);
    this.#emit(encoding.toUint8Array(encoder));
  }

  #emit(bytes: Uint8Array): void {
    const data = bytes.slice().buffer;
    queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data })));
  }
}

let server: Server;
let postmortem: string;
const open: Room[] = [];

function visit(id = 'ada'): Room {
  const room = openRoom({
    id: postmortem,
    me: { id, name: id, discipline: 'sre' },
    url: 'ws://test',
    connect: () => server.connect(),
  });
  open.push(room);
  return room;
}

function write(room: Room, title = 'x'): void {
  add(room.doc, 'themes', [{ values: { order: 1 }, shared: { title: new Y.Text(title) } }]);
}

const saving = (room: Room) => get(room.saving);
const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
const saved = (room: Room) => until(() => expect(saving(room).kind).toBe('saved'));

beforeEach(() => {
  server = new Server();
  postmortem = crypto.randomUUID();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((room) => room.close()));
});

describe('the provider', () => {
  it('brings two people to the same record', async () => {
    const [a, b] = [visit('ada'), visit('bo')];
    await Promise.all([saved(a), saved(b)]);
    write(a);
    write(b);
    await until(() => {
      expect(root(a.doc, 'themes').size).toBe(2);
      expect(root(b.doc, 'themes').toJSON()).toEqual(root(a.doc, 'themes').toJSON());
    });
  });

  it('says saved only after the server did', async () => {
    const room = visit();
    await saved(room);
    server.storing = false;
    write(room);
    expect(saving(room)).toEqual({ kind: 'saving', edits: 1 });
    await until(() => expect(root(server.doc, 'themes').size).toBe(1));
    expect(saving(room).kind).toBe('saving');
    server.store();
    await saved(room);
  });

  it('sends what was done in one turn as one frame', async () => {
    const room = visit();
    await saved(room);
    const [link] = server.links;
    const before = link?.received ?? 0;
    write(room);
    await saved(room);
    expect((link?.received ?? 0) - before).toBe(1);
  });

  it('counts what is written offline and sends it on return', async () => {
    const room = visit();
    await saved(room);
    server.reachable = false;
    server.cut();
    write(room);
    expect(saving(room)).toEqual({ kind: 'offline', edits: 1, kept: true });
    server.reachable = true;
    room.retry();
    await saved(room);
    expect(root(server.doc, 'themes').size).toBe(1);
  });

  it('keeps words and count when the tab is closed offline', async () => {
    const first = visit();
    await saved(first);
    server.reachable = false;
    server.cut();
    write(first, 'kept');
    await first.close();

    const second = visit();
    await until(() => expect(saving(second)).toEqual({ kind: 'offline', edits: 1, kept: true }));
    expect(root(second.doc, 'themes').size).toBe(1);
    await second.close();

    server.reachable = true;
    const third = visit();
    await saved(third);
    expect(root(server.doc, 'themes').size).toBe(1);
    await third.close();

    server.reachable = false;
    const fourth = visit();
    await until(() => expect(saving(fourth)).toMatchObject({ kind: 'offline', edits: 0 }));
  });

  it("keeps one person's unsent words from being sent by another", async () => {
    server.reachable = false;
    const ada = visit('ada');
    await until(() => expect(saving(ada).kind).toBe('offline'));
    write(ada);
    await ada.close();
    server.reachable = true;
    const bo = visit('bo');
    await saved(bo);
    expect(root(server.doc, 'themes').size).toBe(0);
  });

  it.each([
    [4401, 'signed_out'],
    [4403, 'not_permitted'],
    [4413, 'too_large'],
  ])('stops at close code %i and says why, until asked to try again', async (code, why) => {
    const room = visit();
    await saved(room);
    write(room);
    server.cut(code, 'the reason');
    expect(saving(room)).toMatchObject({ kind: 'refused', why, detail: 'the reason' });
    expect(server.links.size).toBe(0);
    room.retry();
    await saved(room);
  });

  it('goes on trying when the server could not store, and says that it waits', async () => {
    const room = visit();
    await saved(room);
    server.storing = false;
    write(room);
    await until(() => expect(root(server.doc, 'themes').size).toBe(1));
    server.cut(1011, 'the disk is full');
    expect(saving(room)).toEqual({
      kind: 'waiting',
      detail: 'the disk is full',
      edits: 1,
      kept: true,
    });
    await until(() => expect(server.links.size).toBe(1));
    server.store();
    await saved(room);
  });

  it('says what the server says of a store that does not store, and when it stores again', async () => {
    const room = visit();
    await saved(room);
    server.storing = false;
    write(room);
    server.cannotStore('the disk is full');
    await until(() =>
      expect(saving(room)).toEqual({
        kind: 'waiting',
        detail: 'the disk is full',
        edits: 1,
        kept: true,
      }),
    );
    server.store();
    await saved(room);
  });

  it('takes a new connection when a frame cannot be read', async () => {
    const room = visit();
    await saved(room);
    const [link] = server.links;
    link?.onmessage?.(new MessageEvent('message', { data: new Uint8Array([0, 9]).buffer }));
    await until(() => expect(server.links.has(link as Link)).toBe(false));
    await saved(room);
  });
});

describe('a silent connection', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearTimeout', 'Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked for a sign of life, and then given up', async () => {
    const room = visit();
    await vi.waitFor(() => expect(saving(room).kind).toBe('saved'));
    const [link] = server.links;
    vi.advanceTimersByTime(19_000);
    await vi.waitFor(() => expect(link?.kinds).toContain(3));
    vi.advanceTimersByTime(20_000);
    expect(server.links.has(link as Link)).toBe(false);
    expect(saving(room).kind).toBe('offline');
    vi.advanceTimersByTime(30_000);
    await vi.waitFor(() => expect(saving(room).kind).toBe('saved'));
  });

  it('is replaced soon, however often that happens to good ones: a laptop sleeps many times', async () => {
    const room = visit();
    for (let sleep = 0; sleep < 6; sleep++) {
      await vi.waitFor(() => expect(saving(room).kind).toBe('saved'));
      const [link] = server.links;
      while (server.links.has(link as Link)) vi.advanceTimersByTime(1000);
      vi.advanceTimersByTime(500);
      expect(server.links.size).toBe(1);
    }
  });
});
