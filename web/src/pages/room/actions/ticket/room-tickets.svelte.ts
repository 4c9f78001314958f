import { getContext, setContext } from 'svelte';
import type { Ticket, Tickets } from '#api/types.ts';
import { calls } from './calls.ts';

/** While a ticket is being made somebody waits to see it. */
const SOON = 2_000;
/** What happens in the tracker comes without being asked for; this is only for what is told there. */
const LATER = 30_000;

type Conflict = Ticket['conflicts'][number];

/** How the tickets of a room's actions stand, as far as the record does not say it itself. */
export class RoomTickets {
  #all = $state.raw<Tickets>({ tickets: [], trackers: [] });
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  get trackers(): Tickets['trackers'] {
    return this.#all.trackers;
  }

  of(action: string): Ticket | undefined {
    return this.#all.tickets.find((ticket) => ticket.action === action);
  }

  /** Follows them until the answered function is called. */
  follow(): () => void {
    void this.look();
    return () => clearTimeout(this.#timer);
  }

  /** Looks now. Out of reach of the server everything stays as it was. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const all = await calls.tickets(this.#id).catch(() => undefined);
    if (all) this.#all = all;
    const waits = this.#all.tickets.some(({ progress }) => progress === 'making');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), waits ? SOON : LATER);
  }

  async ask(action: string, tracker: string, ticket?: string): Promise<void> {
    await calls.ask(this.#id, action, tracker, ticket);
    await this.look();
  }

  async letGo(action: string): Promise<void> {
    await calls.letGo(this.#id, action);
    await this.look();
  }

  async choose(action: string, field: Conflict['field'], side: 'ours' | 'theirs'): Promise<void> {
    await calls.choose(this.#id, action, { field, side });
    await this.look();
  }
}

const KEY = Symbol('tickets');

export function provideTickets(id: string): RoomTickets {
  return setContext(KEY, new RoomTickets(id));
}

export function useTickets(): RoomTickets {
  return getContext(KEY);
}
