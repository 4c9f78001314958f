import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Server } from './server.ts';
import { until } from './until.ts';

/** Somebody's Yjs client: the one that npm has, unmodified. */
export class Client {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;

  constructor(server: Server, postmortem: string, token: string) {
    const address = `${server.address.replace('http', 'ws')}/sync`;
    this.provider = new WebsocketProvider(address, postmortem, this.doc, {
      params: { token },
      // Without it two clients of one process would speak to each other directly.
      disableBc: true,
      maxBackoffTime: 200,
      // Node.js 20 has none of its own.
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    });
  }

  async synced(): Promise<this> {
    await until('the client is in sync', () => this.provider.synced);
    return this;
  }

  get timeline(): Y.Map<Y.Map<unknown>> {
    return this.doc.getMap('timeline');
  }

  /** Adds an entry in one edit, and gives its text to write on. */
  addEntry(at: string, text: string): { id: string; words: Y.XmlText } {
    const id = randomUUID();
    const words = new Y.XmlText(text);
    this.doc.transact(() => {
      const entry = new Y.Map<unknown>();
      const rich = new Y.XmlFragment();
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [words]);
      rich.insert(0, [paragraph]);
      entry.set('at', at);
      entry.set('precision', 'exact');
      entry.set('kind', 'note');
      entry.set('lane', 'sre');
      entry.set('order', 0);
      entry.set('text', rich);
      entry.set('evidence', new Y.Array());
      this.timeline.set(id, entry);
    });
    return { id, words };
  }

  /** Where an entry's first words are written. */
  wordsOf(id: string): Y.XmlText {
    const rich = this.timeline.get(id)?.get('text') as Y.XmlFragment;
    return (rich.get(0) as Y.XmlElement).get(0) as Y.XmlText;
  }

  /** The words of an entry as this client has them, or undefined. */
  textOf(id: string): string | undefined {
    const rich = this.timeline.get(id)?.get('text');
    if (!(rich instanceof Y.XmlFragment)) return undefined;
    return rich
      .toArray()
      .map((element) => (element as Y.XmlElement).toArray().join(''))
      .join('\n');
  }

  close(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}
