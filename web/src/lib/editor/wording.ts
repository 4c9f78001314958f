import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { wordingChoice } from '#lib/wording/choice.svelte.ts';
import { isDismissed } from '#lib/wording/dismissed.svelte.ts';
import { type Finding, PLACEHOLDER } from '#lib/wording/findings.ts';
import { Hints, type Mark } from '#lib/wording/hints.svelte.ts';
import { WordingWatch } from '#lib/wording/watch.ts';

/** Where the words of an editor stand. */
export interface WordingPlace {
  /** As the API has it; it may change while somebody writes. */
  field(): string;
  /** The text, as long as this tab is open. */
  readonly owner: string;
}

/** A paragraph, heading or the like whose words are the writer's own. */
interface Block {
  readonly from: number;
  readonly text: string;
}

/** What is in these is not the writer's wording. */
const OTHERS_BLOCKS = ['blockquote', 'codeBlock'];
const NO_WORDS = ['code', 'link'];

/** The texts of a document, letter for letter as many as it has positions. */
export function blocksOf(doc: Node): Block[] {
  const blocks: Block[] = [];
  doc.descendants((node, position) => {
    if (OTHERS_BLOCKS.includes(node.type.name)) return false;
    if (!node.isTextblock) return true;
    const parts: string[] = [];
    node.forEach((inline) => {
      const isOwn = inline.isText && !inline.marks.some(({ type }) => NO_WORDS.includes(type.name));
      if (isOwn) parts.push(inline.text ?? '');
      else if (inline.type.name === 'hardBreak') parts.push('\n');
      else parts.push(PLACEHOLDER.repeat(inline.nodeSize));
    });
    blocks.push({ from: position + 1, text: parts.join('') });
    return false;
  });
  return blocks;
}

const key = new PluginKey<DecorationSet>('wording');

interface Spec extends Finding {
  readonly words: string;
}

/** Marks wordings for whoever writes here, and for nobody else: nothing of it is in the document. */
export class WordingMarks {
  readonly hints: Hints;
  readonly #place: WordingPlace;
  readonly #watch: WordingWatch;
  #view: EditorView | undefined;

  constructor(place: WordingPlace) {
    this.#place = place;
    this.#watch = new WordingWatch(place.field, () => this.#draw());
    this.hints = new Hints({
      owner: place.owner,
      marks: () => this.#marks(),
      caret: () => this.#view?.state.selection.from ?? 0,
      rects: (mark) => this.#rects(mark),
      dismissed: () => this.#draw(),
    });
  }

  plugin(): Plugin {
    return new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (change, shown) =>
          (change.getMeta(key) as DecorationSet | undefined) ??
          shown.map(change.mapping, change.doc),
      },
      view: (view) => {
        this.#view = view;
        return {
          update: (_, before) => {
            if (before.doc === view.state.doc) return;
            this.hints.changed();
            this.look();
          },
          destroy: () => this.#watch.stop(),
        };
      },
      props: {
        decorations: (state) => key.getState(state),
        handleKeyDown: (_, event) => this.hints.onkey(event),
        handleDOMEvents: {
          focus: () => {
            // Only from the next turn on does the editor know that it has the focus.
            queueMicrotask(() => {
              this.look();
              this.#draw();
            });
          },
          blur: () => {
            this.#watch.stop();
            // An editor that is taken off the page loses the focus while Svelte draws, when no
            // state may change.
            queueMicrotask(() => {
              this.hints.close();
              this.#draw();
            });
          },
          mousemove: (_, event) => this.hints.onpointer(event.x, event.y),
          click: (_, event) => this.hints.onpointer(event.x, event.y),
          mouseleave: (_, event) => this.hints.onleave(event),
        },
      },
    });
  }

  /** Asks about what is not known yet, if somebody writes here. */
  look() {
    const view = this.#view;
    if (view && this.#isWriting())
      this.#watch.look(blocksOf(view.state.doc).map(({ text }) => text));
  }

  /** Where the words stand has changed. */
  moved() {
    this.#draw();
    this.look();
  }

  #isWriting(): boolean {
    return wordingChoice.on && this.#view?.hasFocus() === true;
  }

  #draw() {
    const view = this.#view;
    if (!view || view.isDestroyed) return;
    const marks = this.#isWriting() ? this.#found(view.state.doc) : [];
    if (marks.length === 0 && key.getState(view.state) === DecorationSet.empty) return;
    const decorations = marks.map((mark) =>
      Decoration.inline(mark.start, mark.end, { class: 'wording-mark' }, mark),
    );
    const set =
      marks.length === 0 ? DecorationSet.empty : DecorationSet.create(view.state.doc, decorations);
    view.dispatch(view.state.tr.setMeta(key, set).setMeta('addToHistory', false));
  }

  #found(doc: Node): Spec[] {
    return blocksOf(doc).flatMap(({ from, text }) =>
      (this.#watch.of(text) ?? []).flatMap((found) => {
        const words = text.slice(found.start, found.end);
        if (isDismissed(this.#place.owner, words)) return [];
        return [{ ...found, start: from + found.start, end: from + found.end, words }];
      }),
    );
  }

  /** As they are shown, which may be behind what is known. */
  #marks(): Mark[] {
    const view = this.#view;
    const shown = view && this.#isWriting() ? key.getState(view.state)?.find() : undefined;
    return (shown ?? []).map(({ from, to, spec }) => ({
      ...(spec as Spec),
      start: from,
      end: to,
    }));
  }

  #rects({ start, end }: Mark): DOMRect[] {
    const view = this.#view;
    if (!view) return [];
    const [from, to] = [view.domAtPos(start, 1), view.domAtPos(end, -1)];
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return [...range.getClientRects()];
  }
}
