import type { OutlineRow } from '#lib/record/tree.ts';

/** So few rows are all on the page, where the browser's own search finds them. */
const FEW = 150;
/** The height of a row, until some were on the page. */
const USUAL = 42;
/** How far beyond the edges of the screen rows are kept. */
const BEYOND = 500;
/** The window moves by so many rows at once: not with every pixel, and not many in one frame. */
const STEP = 2;

/** A row on the page, and the height of those between it and the one before that are not. */
export interface PlacedRow {
  readonly row: OutlineRow;
  readonly place: number;
  readonly gap: number;
}

/** Which rows of a long outline are on the page: those near the screen, and the one in use. */
export class RowWindow {
  list = $state<HTMLElement>();
  #range = $state.raw({ from: 0, to: FEW });
  /** Grows when a height turned out to be another than was thought. */
  #measured = $state(0);
  readonly #heights = new Map<string, number>();
  /** Of findings, and of all others: how many were measured, and their heights together. */
  readonly #usual = { finding: { count: 0, sum: 0 }, other: { count: 0, sum: 0 } };
  readonly #rows: () => readonly OutlineRow[];
  #observer: ResizeObserver | undefined;
  #frame = 0;

  constructor(rows: () => readonly OutlineRow[]) {
    this.#rows = rows;
  }

  /** The rows to draw. */
  placed(active: string | null): PlacedRow[] {
    const rows = this.#rows();
    if (rows.length <= FEW) return rows.map((row, place) => ({ row, place, gap: 0 }));
    void this.#measured;
    const { from, to } = this.#range;
    const placed: PlacedRow[] = [];
    let gap = 0;
    rows.forEach((row, place) => {
      if ((place >= from && place < to) || row.node.id === active) {
        placed.push({ row, place, gap });
        gap = 0;
      } else gap += this.#height(row);
    });
    return placed;
  }

  /** The height of the rows behind the last one that is drawn. */
  behind(last: PlacedRow | undefined): number {
    const rows = this.#rows();
    if (rows.length <= FEW || last === undefined) return 0;
    return rows.slice(last.place + 1).reduce((sum, row) => sum + this.#height(row), 0);
  }

  #height(row: OutlineRow): number {
    const { count, sum } = this.#usual[row.node.kind === 'finding' ? 'finding' : 'other'];
    return this.#heights.get(row.node.id) ?? (count === 0 ? USUAL : sum / count);
  }

  /** Watches the screen; answers with what ends it. */
  watch(): () => void {
    const moved = () => {
      if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.look());
    };
    addEventListener('scroll', moved, { passive: true });
    addEventListener('resize', moved);
    this.look();
    return () => {
      removeEventListener('scroll', moved);
      removeEventListener('resize', moved);
      cancelAnimationFrame(this.#frame);
      this.#observer?.disconnect();
    };
  }

  /** Finds the rows near the screen. */
  look(): void {
    this.#frame = 0;
    const rows = this.#rows();
    if (this.list === undefined || rows.length <= FEW) return;
    const top = -this.list.getBoundingClientRect().top - BEYOND;
    const bottom = top + innerHeight + 2 * BEYOND;
    let [at, from, to] = [0, rows.length, rows.length];
    for (const [place, row] of rows.entries()) {
      const end = at + this.#height(row);
      if (end >= top && place < from) from = place;
      at = end;
      if (at > bottom) {
        to = place + 1;
        break;
      }
    }
    from = Math.floor(from / STEP) * STEP;
    to = Math.ceil(to / STEP) * STEP;
    const now = this.#range;
    if (now.from !== from || now.to !== to) this.#range = { from, to };
  }

  /** Learns the heights of the rows on the page. */
  measure = (element: HTMLElement): (() => void) => {
    this.#observer ??= new ResizeObserver((entries) => this.#learn(entries));
    this.#observer.observe(element);
    return () => this.#observer?.unobserve(element);
  };

  #learn(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const id = target.getAttribute('data-node') ?? '';
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (height === 0 || this.#heights.get(id) === height) continue;
      const usual = this.#usual[target.classList.contains('finding') ? 'finding' : 'other'];
      if (!this.#heights.has(id)) {
        usual.count += 1;
        usual.sum += height;
      }
      this.#heights.set(id, height);
      changed = true;
    }
    if (changed && this.#rows().length > FEW) this.#measured += 1;
  }
}
