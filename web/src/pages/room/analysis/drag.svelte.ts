import { announcer } from '#lib/ui/announcer.svelte.ts';
import { addToCluster } from './cluster.ts';
import { type Place, placeAt, without } from './drop.ts';
import { moveTo } from './outline.ts';
import type { Outliner } from './outliner.svelte.ts';

/** How wide a level is, as the rows draw it. */
export const INDENT = 28;
/** A click is no drag. */
const SHORTEST = 5;
/** So near to the edge of the screen, it scrolls. */
const EDGE = 70;

interface Dragged {
  readonly ids: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly place: Place | null;
  /** Where the line is drawn, within the list. */
  readonly line: { readonly top: number; readonly left: number } | null;
  readonly cluster: string | null;
}

/** Rows that are dragged by pointer: to another place of the tree, or onto a cluster. */
export class Drag {
  now = $state.raw<Dragged | null>(null);
  readonly #outliner: Outliner;
  #scrolling = 0;

  constructor(outliner: Outliner) {
    this.#outliner = outliner;
  }

  /** A pointer went down on the handle of a row. */
  start(down: PointerEvent, id: string): void {
    if (down.button !== 0) return;
    down.preventDefault();
    const ids = topmost(this.#outliner, this.#outliner.together(id));
    const move = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (this.now !== null || far >= SHORTEST) this.#over(ids, event.clientX, event.clientY);
    };
    const end = (event: Event) => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', key, true);
      cancelAnimationFrame(this.#scrolling);
      this.#scrolling = 0;
      const dropped = this.now;
      this.now = null;
      if (event.type === 'pointerup' && dropped !== null) this.#drop(dropped);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end(event);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
    addEventListener('keydown', key, true);
  }

  #over(ids: readonly string[], x: number, y: number): void {
    const under = (what: string) =>
      document.elementsFromPoint(x, y).find((one) => one.matches(what));
    const cluster = under('[data-cluster]')?.getAttribute('data-cluster') ?? null;
    const found = cluster === null ? this.#between(ids, under('[data-node]'), x, y) : null;
    this.now = { ids, x, y, cluster, place: found?.place ?? null, line: found?.line ?? null };
    this.#scroll();
  }

  #between(ids: readonly string[], row: Element | undefined, x: number, y: number) {
    const { list } = this.#outliner;
    if (!list || !row || !list.contains(row)) return null;
    const rest = without(this.#outliner.shown, new Set(ids));
    const found = rest.findIndex(({ node }) => node.id === row.getAttribute('data-node'));
    if (found < 0) return null;
    const [box, frame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    const lower = y > box.top + box.height / 2;
    const index = found + (lower ? 1 : 0);
    const roots = ids.some((id) => this.#outliner.row(id)?.node.kind === 'moment');
    const wanted = Math.floor((x - frame.left) / INDENT) - 1;
    const place = roots ? rootAt(rest, index) : placeAt(rest, index, wanted);
    const top = (lower ? box.bottom : box.top) - frame.top;
    return { place, line: { top, left: place.depth * INDENT } };
  }

  /** Near the edge of the screen the page moves on by itself. */
  #scroll(): void {
    if (this.#scrolling !== 0) return;
    const step = () => {
      this.#scrolling = 0;
      const { now } = this;
      if (now === null) return;
      const by = now.y < EDGE ? -12 : now.y > innerHeight - EDGE ? 12 : 0;
      if (by === 0) return;
      scrollBy(0, by);
      this.#over(now.ids, now.x, now.y);
    };
    this.#scrolling = requestAnimationFrame(step);
  }

  #drop({ ids, place, cluster }: Dragged): void {
    const { page, rows, actions } = this.#outliner;
    if (cluster !== null) {
      addToCluster(page, cluster, ids);
      this.#outliner.unmark();
    } else if (place !== null) {
      actions.step(() => moveTo(page.room, rows, ids, place.parent, place.next));
      announcer.say(ids.length === 1 ? 'Moved.' : `${ids.length} rows moved.`);
    }
  }
}

/** Without those that stand below another one: they come along. */
function topmost(outliner: Outliner, ids: readonly string[]): string[] {
  const all = new Set(ids);
  const isBelow = (id: string) =>
    [...outliner.upwards(outliner.row(id)?.parent ?? null)].some(({ node }) => all.has(node.id));
  return ids.filter((id) => !isBelow(id));
}

/** Before the next root, as turning points stand below nothing. */
function rootAt(rows: Outliner['rows'], index: number): Place {
  const next = rows.slice(index).find(({ depth }) => depth === 0);
  return { parent: null, next: next?.node.id ?? null, depth: 0 };
}
