import { get } from 'svelte/store';
import { asProblem } from '#api/problem.ts';
import type { Kind, Moment } from '#lib/record/types.ts';
import { calls, type PastedRow, type PastePreview, type TimeQuestion } from '../calls.ts';
import type { RoomPage } from '../room.svelte.ts';
import { addEntries, momentOf, type NewEntry } from './entries.ts';
import type { TimeReader } from './times.ts';

/** A pasted row that can be corrected before it becomes an entry. */
export class Row {
  chosen = $state(true);
  typed = $state('');
  moment = $state.raw<Moment>({ at: null, until: null, precision: 'unknown' });
  question = $state.raw<TimeQuestion>();
  text = $state('');
  kind = $state<Kind>('note');
  lane = $state('');
  readonly line: number;
  readonly who: string | null;

  constructor(row: PastedRow, lane: string) {
    this.typed = row.typed ?? '';
    this.moment = momentOf(row);
    this.question = row.question ?? undefined;
    this.text = row.text;
    this.kind = row.kind ?? 'note';
    this.lane = lane;
    this.who = row.who ?? null;
    this.line = row.source_line;
  }

  answer(moment: Moment): void {
    this.moment = moment;
    this.question = undefined;
  }

  /** Reads the time anew after it was corrected. */
  async retime(times: TimeReader, near: string | null): Promise<void> {
    const typed = this.typed.trim();
    const reading = typed === '' ? null : await times.read(typed, near);
    if (typed !== this.typed.trim()) return;
    this.question = reading?.question ?? undefined;
    this.moment = momentOf(reading?.found && !reading.question ? reading : {});
  }

  entry(read: (markdown: string) => NewEntry['text']): NewEntry {
    const { moment, typed, question, kind, lane, who } = this;
    return {
      ...moment,
      typed: typed.trim() || null,
      question: question?.text ?? null,
      kind,
      lane,
      who,
      text: read(this.text),
    };
  }
}

/** A timeline on its way from the clipboard into the record. */
export class Paste {
  text = $state('');
  rows = $state.raw<readonly Row[]>([]);
  skipped = $state.raw<PastePreview['skipped']>([]);
  busy = $state(false);
  problem = $state<string>();
  readonly #page: RoomPage;
  readonly #lane: string;

  constructor(page: RoomPage, lane: string, text: string) {
    this.#page = page;
    this.#lane = lane;
    this.text = text;
  }

  get chosen(): readonly Row[] {
    return this.rows.filter(({ chosen }) => chosen);
  }

  /** Shows what the rows would be; nothing is stored. */
  async preview(): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      const { room, zone } = this.#page;
      const found = await calls.paste(room.id, { text: this.text, zone });
      this.rows = found.rows.map((row) => new Row(row, this.#lane));
      this.skipped = found.skipped.filter(({ used }) => !used);
      if (this.rows.length === 0)
        this.problem = 'No rows were found in this text. Each row begins with its time.';
    } catch (thrown) {
      this.problem = asProblem(thrown).message;
    } finally {
      this.busy = false;
    }
  }

  /** Adds the chosen rows all at once: one edit, one step of undo. */
  async add(): Promise<number> {
    const { room } = this.#page;
    const { richFromMarkdown } = await import('#lib/editor/markdown.ts');
    const entries = this.chosen.map((row) => row.entry(richFromMarkdown));
    room.undo.step();
    addEntries(room.doc, get(room.record.entries), entries);
    room.undo.step();
    return entries.length;
  }
}
