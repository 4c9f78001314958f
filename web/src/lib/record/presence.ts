import type { Readable } from 'svelte/store';
import type { Awareness } from 'y-protocols/awareness';
import { later } from './later.ts';
import type { Part } from './types.ts';

/** What somebody looks at: a part of the room, and perhaps one item of it. */
export interface Looking {
  readonly part: Part | 'lanes' | 'closing' | 'prose' | 'history' | 'publication';
  readonly id: string | null;
}

export interface Visitor {
  readonly id: string;
  readonly name: string;
  readonly discipline: string;
  /** Whether this is the reader, perhaps in another tab. */
  readonly me: boolean;
  readonly looking: readonly Looking[];
}

/** Who is here, one person once however many tabs they have open; the reader comes first. */
export function visitors(awareness: Awareness): Readable<readonly Visitor[]> {
  return later<readonly Visitor[]>([], (set) => {
    let known = '';
    // A caret moves with every letter; nobody here changes places by that.
    const tell = () => {
      const now = fold(awareness);
      const told = JSON.stringify(now);
      if (told !== known) set(now);
      known = told;
    };
    tell();
    awareness.on('change', tell);
    return () => awareness.off('change', tell);
  });
}

function fold(awareness: Awareness): Visitor[] {
  const people = new Map<string, Visitor>();
  const mine = readUser(awareness.getLocalState()?.['user'])?.id;
  for (const [client, state] of awareness.getStates()) {
    const user = readUser(state['user']);
    if (user === null) continue;
    const looking = client === awareness.clientID ? null : readLooking(state['looking']);
    const before = people.get(user.id)?.looking ?? [];
    const me = user.id === mine;
    people.set(user.id, {
      ...user,
      me,
      looking: looking === null || me ? before : [...before, looking],
    });
  }
  return [...people.values()].sort(
    (a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name),
  );
}

function readUser(value: unknown): Pick<Visitor, 'id' | 'name' | 'discipline'> | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, name, discipline } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof name !== 'string') return null;
  return { id, name, discipline: typeof discipline === 'string' ? discipline : 'other' };
}

function readLooking(value: unknown): Looking | null {
  if (typeof value !== 'object' || value === null) return null;
  const { part, id } = value as Record<string, unknown>;
  if (typeof part !== 'string') return null;
  return { part: part as Looking['part'], id: typeof id === 'string' ? id : null };
}
