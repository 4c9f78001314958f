import { getContext, setContext, tick } from 'svelte';
import { fromStore } from 'svelte/store';
import { wordsOf } from '#lib/record/edit.ts';
import type { OutlineRow } from '#lib/record/tree.ts';
import type { Entry, Tag } from '#lib/record/types.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import { type ItemActions, itemActions } from '../items/item-actions.ts';
import type { RoomPage } from '../room.svelte.ts';
import { branches, shown } from './drop.ts';
import { addBehind, addMoment, addNode, type NewNode } from './outline.ts';

const KEY = Symbol('outliner');
/** With more rows than these, those that nobody uses are words and no fields. */
const FEW = 150;
/** So many rows are drawn first, and so many more in each frame: a long outline is soon there. */
const AT_FIRST = 60;
const MORE = 12;

/** The outline as one person has it before them: the row in use, and what is folded and marked. */
export class Outliner {
  /** The row in use. */
  active = $state<string | null>(null);
  collapsed = $state.raw<ReadonlySet<string>>(new Set());
  marked = $state.raw<ReadonlySet<string>>(new Set());
  readonly page: RoomPage;
  readonly actions: ItemActions;
  /** The list of rows on the page. */
  list = $state<HTMLElement>();
  #count = $state(AT_FIRST);
  readonly #outline;
  readonly #entries;
  readonly #byId = $derived.by(() => new Map(this.rows.map((row) => [row.node.id, row])));
  readonly #shown = $derived.by(() => shown(this.rows, this.collapsed));
  readonly #long = $derived(this.#shown.length > FEW);

  constructor(page: RoomPage) {
    this.page = page;
    this.actions = itemActions(page, 'analysis');
    this.#outline = fromStore(page.room.record.outline);
    this.#entries = fromStore(page.room.record.entries);
  }

  get rows(): readonly OutlineRow[] {
    return this.#outline.current;
  }

  /** The rows that are not folded away. */
  get shown(): readonly OutlineRow[] {
    return this.#shown;
  }

  /** Of those, the ones that are on the page already, by the row at the top that they stand below. */
  get branches(): OutlineRow[][] {
    return branches(this.shown.slice(0, this.#count));
  }

  /** Draws more rows; `false` if none are missing. */
  drawMore(): boolean {
    if (this.#count >= this.shown.length) return false;
    this.#count += MORE;
    return true;
  }

  /** Too many rows for each to be a field of its own. */
  get long(): boolean {
    return this.#long;
  }

  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries.current;
  }

  row(id: string | null): OutlineRow | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  /** The row and those above it, from the nearest on. */
  *upwards(id: string | null): Generator<OutlineRow> {
    for (let row = this.row(id); row !== undefined; row = this.row(row.parent)) yield row;
  }

  /** The moment of the record that a row is about, by itself or by what it stands below. */
  entryOf(id: string | null): Entry | undefined {
    for (const { node } of this.upwards(id)) {
      for (const entry of this.entriesOf(node.entries)) return entry;
    }
    return undefined;
  }

  entriesOf(ids: readonly string[]): Entry[] {
    return ids.flatMap((id) => this.entries.get(id) ?? []).filter(({ deleted }) => !deleted);
  }

  /** Through which lens a row looks. */
  lensOf(id: string | null): Tag | null {
    for (const { node } of this.upwards(id)) if (node.tag !== null) return node.tag;
    return null;
  }

  /** Brings a row to the page, and the caret into it. */
  async focusOn(id: string | undefined, caret?: 'end'): Promise<void> {
    if (id === undefined) return;
    this.active = id;
    // What was just written is read when the running code is done.
    await tick();
    this.#unfold(id);
    this.#count = Math.max(this.#count, this.shown.findIndex(({ node }) => node.id === id) + 1);
    await tick();
    const row = this.list?.querySelector(`[data-node="${CSS.escape(id)}"]`);
    const field = row?.querySelector<HTMLTextAreaElement>('textarea');
    field?.focus();
    if (caret === 'end') field?.setSelectionRange(field.value.length, field.value.length);
  }

  #unfold(id: string): void {
    const above = [...this.upwards(this.row(id)?.parent ?? null)].map(({ node }) => node.id);
    if (!above.some((one) => this.collapsed.has(one))) return;
    this.collapsed = new Set([...this.collapsed].filter((one) => !above.includes(one)));
  }

  fold(id: string, folded = !this.collapsed.has(id)): void {
    if (folded && this.row(id)?.children === 0) return;
    this.collapsed = toggled(this.collapsed, id, folded);
  }

  mark(id: string, is = !this.marked.has(id)): void {
    this.marked = toggled(this.marked, id, is);
    announcer.say(is ? `Marked, ${this.marked.size} in all.` : 'No longer marked.');
  }

  unmark(): void {
    this.marked = new Set();
  }

  /** The marked rows in their order, if this is one of them; else this one. */
  together(id: string): string[] {
    if (!this.marked.has(id)) return [id];
    return this.rows.map(({ node }) => node.id).filter((one) => this.marked.has(one));
  }

  add(node: NewNode): void {
    let id = '';
    this.actions.step(() => {
      id = addNode(this.page.room, this.rows, node);
    });
    void this.focusOn(id, 'end');
  }

  addBehind(row: OutlineRow, text = ''): void {
    let id = '';
    this.actions.step(() => {
      id = addBehind(this.page.room, this.rows, row, text);
    });
    void this.focusOn(id, 'end');
  }

  /** Makes a turning point of entries, and asks its first question if there are words for it. */
  choose(entries: readonly string[]): void {
    let id = '';
    this.actions.step(() => {
      id = addMoment(this.page.room, this.rows, entries);
    });
    announcer.say('It is a turning point now.');
    void this.focusOn(id);
  }

  /** Asks a question where the caret is: in an empty row, beside a question, else below. */
  ask(text: string): void {
    const row = this.row(this.active);
    if (row === undefined) this.add({ kind: 'question', text });
    else if (row.node.kind !== 'question') {
      this.add({ kind: 'question', parent: row.node.id, text });
    } else if (row.node.text.trim() === '') {
      const { id } = row.node;
      this.actions.step(() => wordsOf(this.page.room.doc, 'analysis', id, 'text')?.insert(0, text));
      void this.focusOn(id, 'end');
    } else this.addBehind(row, text);
  }
}

function toggled(set: ReadonlySet<string>, id: string, is: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (is) next.add(id);
  else next.delete(id);
  return next;
}

export function provideOutliner(outliner: Outliner): Outliner {
  return setContext(KEY, outliner);
}

export function useOutliner(): Outliner {
  return getContext<Outliner>(KEY);
}
