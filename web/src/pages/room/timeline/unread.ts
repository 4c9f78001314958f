import { get } from 'svelte/store';
import { patch } from '#lib/record/edit.ts';
import type { Room } from '#lib/record/room.ts';
import { momentOf } from './entries.ts';
import type { TimeReader } from './times.ts';

/** Entries of this browser whose time was typed while the server could not be asked. */
export interface Unread {
  add(id: string): void;
  /** Reads them all, as soon as that is possible. */
  catchUp(): Promise<void>;
}

export function unreadTimes(room: Room, times: TimeReader): Unread {
  const key = `afterword:unread:${room.id}`;
  const ids = new Set(load(key));
  const keep = () => store(key, [...ids]);
  return {
    add(id) {
      ids.add(id);
      keep();
    },
    async catchUp() {
      const entries = get(room.record.entries);
      for (const id of [...ids]) {
        const typed = entries.get(id)?.typed ?? null;
        // Whoever gave it a time meanwhile knew better.
        if (typed !== null && entries.get(id)?.at === null) {
          const reading = await times.read(typed, null);
          if (reading === null) return;
          if (reading.question)
            patch(room.doc, 'timeline', id, { question: reading.question.text });
          else if (reading.found) patch(room.doc, 'timeline', id, { ...momentOf(reading) });
        }
        ids.delete(id);
        keep();
      }
    },
  };
}

function load(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function store(key: string, ids: readonly string[]): void {
  try {
    if (ids.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // Without storage they are read for as long as this page is open.
  }
}
