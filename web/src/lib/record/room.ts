import type { Readable } from 'svelte/store';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { recordName } from '../kept/records.ts';
import { isKept, type Keep, keep } from './keep.ts';
import { type LiveRecord, liveRecord } from './live.ts';
import { type Looking, type Visitor, visitors } from './presence.ts';
import { Provider, type Socket } from './provider.ts';
import type { Saving } from './saving.ts';
import { type Undo, undoOf } from './undo.ts';

/** How long the browser's own copy may take before the server is asked for everything. */
const PATIENCE = 2000;

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly discipline: string;
}

export interface RoomOptions {
  readonly id: string;
  readonly me: Me;
  readonly url?: string;
  readonly connect?: (url: string) => Socket;
}

/** One post-mortem's record, open in this tab: live, kept by the browser, and undone by its author. */
export interface Room {
  readonly id: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly record: LiveRecord;
  readonly undo: Undo;
  readonly saving: Readable<Saving>;
  readonly visitors: Readable<readonly Visitor[]>;
  look(at: Looking): void;
  retry(): void;
  close(): Promise<void>;
}

export function openRoom(options: RoomOptions): Room {
  const { id, me } = options;
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState({ user: { ...me } });
  const undo = undoOf(doc);
  // A browser that several people sign in to must not send one's words in another's name.
  const kept = keep(recordName(id, me.id), doc).catch(() => null);
  const provider = new Provider({
    url: options.url ?? syncUrl(id),
    doc,
    awareness,
    isStored: isKept,
    ...(options.connect === undefined ? {} : { connect: options.connect }),
  });
  let closed = false;
  const counted = kept.then((found) => {
    if (found !== null && !closed) countUnsaved(provider, found);
  });
  const opened = Promise.race([counted, patience()]).then(() => {
    if (!closed) provider.start();
  });
  return {
    id,
    doc,
    awareness,
    record: liveRecord(doc),
    undo,
    saving: provider.saving,
    visitors: visitors(awareness),
    look: (at) => awareness.setLocalStateField('looking', at),
    retry: () => provider.retry(),
    close: async () => {
      closed = true;
      await opened;
      provider.stop();
      awareness.destroy();
      undo.destroy();
      await (await kept)?.close();
      doc.destroy();
    },
  };
}

function countUnsaved(provider: Provider, found: Keep): void {
  let told = 0;
  let settled = false;
  provider.keeps(found.earlier);
  provider.saving.subscribe(() => {
    const { mine, earlier } = provider.unsaved;
    if (earlier === 0 && !settled) {
      settled = true;
      found.settle();
    }
    if (mine !== told) found.count(mine);
    told = mine;
  });
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}

function syncUrl(id: string): string {
  const url = new URL(`/sync/${encodeURIComponent(id)}?acks=1`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}
