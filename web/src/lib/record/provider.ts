import type { Readable } from 'svelte/store';
import { type Awareness, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { later } from './later.ts';
import { Outbox } from './outbox.ts';
import { NOT_STORED, type Refusal, refusalOf, type Saving } from './saving.ts';
import * as wire from './wire.ts';

const FIRST_RETRY = 500;
const LAST_RETRY = 30_000;
/** After this silence we ask for a sign of life, after twice this we call the connection dead. */
const SILENCE = 15_000;
/** How long "saving" is believable before the page has to say that something holds it up. */
const LATE = 10_000;
/** A connection that lasted so long was a good one: the next attempt need not wait. */
const GOOD = 5_000;

/** What the provider needs of a WebSocket. */
export interface Socket {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<ArrayBuffer>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(frame: wire.Frame): void;
  close(): void;
}

const OPEN = 1;

export interface ProviderOptions {
  readonly url: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** Whether an update comes out of the browser's own storage: not this person's new edit. */
  readonly isStored?: (origin: unknown) => boolean;
  readonly connect?: (url: string) => Socket;
  readonly random?: () => number;
}

/**
 * Speaks the y-protocols with the server, and knows what of our edits it has on disk.
 *
 * Updates made in one turn of the event loop go out as one frame, so that what was meant as one
 * edit is never seen, stored or lost by halves.
 */
export class Provider {
  readonly saving: Readable<Saving>;
  readonly #saving = later<Saving>({ kind: 'opening' });
  readonly #options: ProviderOptions;
  readonly #outbox = new Outbox();
  #socket: Socket | null = null;
  #queue: Uint8Array[] = [];
  #synced = false;
  #answered = false;
  #refused: { why: Refusal; detail: string } | null = null;
  /** Why the server does not store, as it said. */
  #notStored: string | null = null;
  #attempts = 0;
  #openedAt = 0;
  #heardAt = 0;
  #unsavedSince: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #stopped = true;
  /** Whether unsaved edits survive closing the tab. */
  #kept = false;

  constructor(options: ProviderOptions) {
    this.#options = options;
    this.saving = { subscribe: this.#saving.subscribe };
    options.doc.on('update', this.#onUpdate);
  }

  /** What the server is not known to have; new with every change of `saving`. */
  get unsaved(): { readonly mine: number; readonly earlier: number } {
    const { unsaved, earlier } = this.#outbox;
    return { mine: unsaved - earlier, earlier };
  }

  /** The browser keeps what is written, and has kept so many unsaved edits of earlier visits. */
  keeps(earlier: number): void {
    this.#kept = true;
    this.#outbox.restore(earlier);
    if (earlier > 0 && this.#answered) {
      this.#sendEdits(wire.update(Y.encodeStateAsUpdate(this.#options.doc)));
    }
    this.#tell();
  }

  start(): void {
    const { awareness } = this.#options;
    this.#stopped = false;
    awareness.on('update', this.#onPresence);
    globalThis.addEventListener?.('online', this.#onOnline);
    globalThis.addEventListener?.('offline', this.#onOffline);
    globalThis.addEventListener?.('pagehide', this.#onPageHide);
    globalThis.addEventListener?.('pageshow', this.#onOnline);
    this.#pulse = setInterval(() => this.#checkPulse(), SILENCE / 5);
    this.#open();
  }

  stop(): void {
    const { doc, awareness } = this.#options;
    this.#flush();
    this.#stopped = true;
    doc.off('update', this.#onUpdate);
    removeAwarenessStates(awareness, [doc.clientID], 'left');
    awareness.off('update', this.#onPresence);
    globalThis.removeEventListener?.('online', this.#onOnline);
    globalThis.removeEventListener?.('offline', this.#onOffline);
    globalThis.removeEventListener?.('pagehide', this.#onPageHide);
    globalThis.removeEventListener?.('pageshow', this.#onOnline);
    clearInterval(this.#pulse);
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** Tries at once, also after a refusal: the reader has signed in again, or asks for it. */
  retry(): void {
    if (this.#stopped) return;
    this.#refused = null;
    this.#attempts = 0;
    if (this.#socket === null) this.#open();
    this.#tell();
  }

  #open(): void {
    if (this.#stopped || this.#socket !== null || this.#refused !== null) return;
    clearTimeout(this.#retry);
    const { url, connect = (to: string): Socket => new WebSocket(to) } = this.#options;
    const socket = connect(url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => this.#onOpen();
    socket.onmessage = (event) => this.#onMessage(new Uint8Array(event.data));
    socket.onclose = (event) => this.#onClose(event.code, event.reason);
  }

  #onOpen(): void {
    const { doc, awareness } = this.#options;
    this.#openedAt = Date.now();
    this.#heardAt = this.#openedAt;
    this.#send(wire.askForUpdates(doc));
    if (awareness.getLocalState() !== null) {
      this.#send(wire.presence(awareness, [doc.clientID]));
    }
    this.#tell();
  }

  #onMessage(bytes: Uint8Array): void {
    this.#heardAt = Date.now();
    try {
      this.#receive(bytes);
    } catch {
      // A frame that cannot be read says that the connection is not sound: a new one begins anew.
      this.#reconnect();
    }
    this.#tell();
  }

  #receive(bytes: Uint8Array): void {
    const { doc, awareness } = this.#options;
    wire.receive(bytes, {
      doc,
      awareness,
      origin: this,
      synced: () => {
        this.#synced = true;
      },
      answer: (frame) => {
        // The answer holds the whole document, and with it whatever waits in the queue.
        this.#queue = [];
        this.#answered = true;
        this.#sendEdits(frame);
      },
      saved: (count) => {
        this.#outbox.saved(count);
        this.#notStored = null;
      },
      notStored: (reason) => {
        this.#notStored = reason;
      },
    });
  }

  #onClose(code: number, reason: string): void {
    const lasted = this.#lasted;
    this.#forget();
    const why = refusalOf(code);
    this.#refused = why === null ? null : { why, detail: reason };
    if (code === NOT_STORED) this.#notStored = reason;
    this.#attempts = lasted && code !== NOT_STORED ? 0 : this.#attempts + 1;
    if (!this.#stopped && why === null) this.#retry = setTimeout(() => this.#open(), this.#wait());
    this.#tell();
  }

  get #lasted(): boolean {
    return this.#openedAt > 0 && Date.now() - this.#openedAt > GOOD;
  }

  #wait(): number {
    const { random = Math.random } = this.#options;
    const longest = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.max(0, this.#attempts - 1));
    return longest / 2 + (random() * longest) / 2;
  }

  /** The connection is over: nothing of it holds any more, and nobody is known to be here. */
  #forget(): void {
    const { doc, awareness } = this.#options;
    this.#socket = null;
    this.#openedAt = 0;
    this.#synced = false;
    this.#answered = false;
    this.#queue = [];
    this.#outbox.cut();
    const others = [...awareness.getStates().keys()].filter((id) => id !== doc.clientID);
    removeAwarenessStates(awareness, others, this);
  }

  /** A laptop that was asleep many times waits no longer after the last: each connection was good. */
  #reconnect(): void {
    const lasted = this.#lasted;
    this.#drop();
    this.#attempts = lasted ? 1 : this.#attempts + 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), this.#wait());
  }

  /** Gives the socket up without waiting for its close event, which a dead network delays. */
  #drop(): void {
    const socket = this.#socket;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    this.#forget();
  }

  readonly #onUpdate = (bytes: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    if (this.#options.isStored?.(origin) !== true) this.#outbox.wrote(Date.now());
    this.#queue.push(bytes);
    if (this.#queue.length === 1) queueMicrotask(() => this.#flush());
    this.#tell();
  };

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    if (queue.length > 0 && this.#answered) this.#sendEdits(wire.update(Y.mergeUpdates(queue)));
  }

  #sendEdits(frame: wire.Frame): void {
    if (this.#send(frame)) this.#outbox.sent();
  }

  #send(frame: wire.Frame): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(frame);
    return true;
  }

  readonly #onPresence = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    const { doc, awareness } = this.#options;
    const mine = [...added, ...updated, ...removed].includes(doc.clientID);
    if (origin !== this && mine) this.#send(wire.presence(awareness, [doc.clientID]));
  };

  readonly #onOnline = (): void => {
    this.#attempts = 0;
    this.#open();
  };

  readonly #onOffline = (): void => {
    this.#reconnect();
    this.#tell();
  };

  /** A page may go to sleep here and wake up later; closing tells the others at once. */
  readonly #onPageHide = (): void => {
    this.#flush();
    this.#drop();
    this.#tell();
  };

  #checkPulse(): void {
    const silent = Date.now() - this.#heardAt;
    if (this.#socket !== null && silent > 2 * SILENCE) {
      this.#reconnect();
    } else if (silent > SILENCE) {
      this.#send(wire.askWhoIsHere());
    }
    this.#tell();
  }

  #tell(): void {
    const edits = this.#outbox.unsaved;
    this.#unsavedSince = edits === 0 ? null : (this.#unsavedSince ?? Date.now());
    this.#saving.set(this.#read(edits));
  }

  #read(edits: number): Saving {
    const kept = this.#kept;
    if (this.#refused !== null) return { kind: 'refused', ...this.#refused, edits, kept };
    if (this.#notStored !== null && edits > 0) {
      return { kind: 'waiting', detail: this.#notStored, edits, kept };
    }
    if (!this.#synced) {
      const first = this.#attempts === 0 && this.#socket !== null && edits === 0;
      return first ? { kind: 'opening' } : { kind: 'offline', edits, kept };
    }
    if (this.#outbox.settled) return { kind: 'saved' };
    const late = this.#unsavedSince !== null && Date.now() - this.#unsavedSince > LATE;
    return late ? { kind: 'waiting', detail: '', edits, kept } : { kind: 'saving', edits };
  }
}
