import { announcer } from '#lib/ui/announcer.svelte.ts';
import { dismiss } from './dismissed.svelte.ts';
import type { Finding } from './findings.ts';

/** A finding with the words that are marked. */
export interface Mark extends Finding {
  readonly words: string;
}

/** A field in which words are marked. */
export interface Surface {
  /** The text in which they stand, as dismissals know it. */
  readonly owner: string;
  /** The marks that are shown, in their order. */
  marks(): readonly Mark[];
  /** Where the caret is. */
  caret(): number;
  /** Where a mark is on the screen, line by line. */
  rects(mark: Mark): readonly DOMRect[];
  /** A mark was dismissed. */
  dismissed(): void;
}

interface Shown {
  readonly mark: Mark;
  readonly rect: DOMRect;
  /** It was asked for by key, and stays until it is closed. */
  readonly asked: boolean;
}

/** How far around a mark the pointer may be. */
const SLACK = 2;

/** Shows the better question beside a mark: at the pointer, or when a key asks for it. */
export class Hints {
  shown = $state.raw<Shown>();
  readonly #surface: Surface;

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  /** Whether the key was meant for this. */
  onkey(event: KeyboardEvent): boolean {
    if (event.code === 'KeyW' && event.altKey && !event.ctrlKey && !event.metaKey) {
      if (event.shiftKey) this.dismiss();
      else this.#next();
    } else if (event.key === 'Escape' && this.shown) this.close();
    else return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    return true;
  }

  /** The pointer is here. */
  onpointer(x: number, y: number) {
    const over = this.#at(x, y);
    if (over) this.#show(over, false);
    else if (this.shown && !this.shown.asked) this.close();
  }

  /** The pointer left the field, or the question itself. */
  onleave({ relatedTarget: to }: MouseEvent) {
    const isOnQuestion = to instanceof Element && to.closest('[data-wording-hint]') !== null;
    if (!this.shown?.asked && !isOnQuestion) this.close();
  }

  /** The words changed: what was shown may be gone. */
  changed() {
    this.close();
  }

  /** These words are fine here. */
  dismiss() {
    const shown = this.shown;
    if (!shown) return;
    dismiss(this.#surface.owner, shown.mark.words);
    this.close();
    this.#surface.dismissed();
    if (shown.asked) announcer.say(`“${shown.mark.words}” is not marked here any more.`);
  }

  close() {
    if (this.shown !== undefined) this.shown = undefined;
  }

  /** Shows the mark behind the one that is shown, or at the caret; after the last comes the first. */
  #next() {
    const marks = this.#surface.marks();
    if (marks.length === 0) {
      announcer.say('No wording is marked here.');
      return;
    }
    const shown = this.shown?.mark;
    const caret = this.#surface.caret();
    const from = shown ? shown.end : caret;
    const next = marks.find(({ start, end }) => (shown ? start >= from : end >= from)) ?? marks[0];
    if (!next) return;
    this.#show(next, true);
    const place = marks.length > 1 ? ` ${marks.indexOf(next) + 1} of ${marks.length}.` : '';
    announcer.say(`“${next.words}”: ${next.question}${place}`);
  }

  #at(x: number, y: number): Mark | undefined {
    const holds = ({ left, right, top, bottom }: DOMRect) =>
      x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK;
    return this.#surface.marks().find((mark) => this.#surface.rects(mark).some(holds));
  }

  #show(mark: Mark, asked: boolean) {
    const same = this.shown?.mark;
    if (!asked && same?.start === mark.start && same.end === mark.end) return;
    const rect = this.#surface.rects(mark)[0];
    if (rect) this.shown = { mark, rect, asked };
  }
}
