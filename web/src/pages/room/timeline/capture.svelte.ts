import { get } from 'svelte/store';
import type { Moment } from '#lib/record/types.ts';
import { momentText } from '#lib/time.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import type { TimeQuestion } from '../calls.ts';
import type { RoomPage } from '../room.svelte.ts';
import { addEntries, momentOf, type NewEntry, UNKNOWN } from './entries.ts';
import { remember, remembered } from './remembered.ts';
import { TimeInput } from './time-input.svelte.ts';
import { splitUnread, type TimeReader } from './times.ts';
import type { Unread } from './unread.ts';

/** A row that waits for an answer about its time. */
export interface Asked {
  readonly key: number;
  readonly row: string;
  readonly text: string;
  readonly typed: string;
  readonly question: TimeQuestion;
}

/** The row in which entries are typed. */
export class Capture {
  kind = $state(remembered().kind);
  lane = $state('');
  asked = $state.raw<readonly Asked[]>([]);
  /** The entry that was added last, for the page to show. */
  added = $state<string>();
  readonly input: TimeInput;
  readonly #page: RoomPage;
  readonly #unread: Unread;
  #near: string | null = null;
  #next = 0;

  constructor(page: RoomPage, times: TimeReader, unread: Unread) {
    this.#page = page;
    this.#unread = unread;
    this.lane = remembered().lane ?? page.me.discipline;
    this.input = new TimeInput(times, () => this.#near);
  }

  remember(): void {
    const { kind, lane } = this;
    remember({ kind, lane: lane === this.#page.me.discipline ? null : lane });
  }

  /** Makes a row of what is typed; the field is free for the next one at once. */
  async take(): Promise<void> {
    const row = this.input.text.trim();
    if (row === '') return;
    const reading = this.input.read();
    this.input.clear();
    const read = await reading;
    if (read === null) this.#addUnread(row);
    else if (read.question) {
      const { question, rest, typed } = read;
      this.#ask({ row, text: rest.trim(), typed: typed ?? '', question });
    } else {
      const text = read.rest.trim() || row;
      this.#add(
        read.found ? momentOf(read) : UNKNOWN,
        read.found ? (read.typed ?? null) : null,
        text,
      );
    }
  }

  answer(asked: Asked, moment: Moment): void {
    this.#settle(asked);
    this.#add(moment, asked.typed, asked.text);
  }

  /** Keeps the row, with the question on it for whoever knows. */
  keepAsking(asked: Asked): void {
    this.#settle(asked);
    this.#add(UNKNOWN, asked.typed, asked.text, asked.question.text);
  }

  #ask(asked: Omit<Asked, 'key'>): void {
    this.asked = [...this.asked, { ...asked, key: this.#next++ }];
  }

  #settle(asked: Asked): void {
    this.asked = this.asked.filter(({ key }) => key !== asked.key);
  }

  #addUnread(row: string): void {
    const { typed, text } = splitUnread(row);
    const id = this.#add(UNKNOWN, typed, text);
    if (typed !== null && id !== undefined) this.#unread.add(id);
  }

  #add(moment: Moment, typed: string | null, text: string, question: string | null = null) {
    const { room } = this.#page;
    const { kind, lane } = this;
    const entry: NewEntry = { ...moment, typed, question, kind, lane, text };
    room.undo.step();
    const [id] = addEntries(room.doc, get(room.record.entries), [entry]);
    room.undo.step();
    this.#near = moment.at ?? this.#near;
    this.added = id;
    announcer.say(`Added: ${momentText(moment)}, ${text}`);
    return id;
  }
}
