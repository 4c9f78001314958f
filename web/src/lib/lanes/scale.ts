/** Where moments stand on a time line whose long silences are folded up. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A silence longer than this is a break in the axis and not an empty stretch of it. */
const BREAK = 4 * HOUR;
/** The width of a break, and of the air around a stretch, in pixels. */
const BREAK_WIDTH = 72;
const AIR = 36;
const NARROWEST = 56;

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
}

export interface Fold {
  /** The middle of the break. */
  readonly x: number;
  readonly length: number;
}

export interface Scale {
  readonly width: number;
  readonly stretches: readonly Stretch[];
  readonly folds: readonly Fold[];
  x(time: number): number;
}

/** Lays instants out on `width` pixels; every stretch between breaks gets its share. */
export function scaleOf(instants: readonly number[], width: number): Scale {
  const spans = spansOf([...instants].sort((a, b) => a - b));
  const breaks = Math.max(0, spans.length - 1) * BREAK_WIDTH;
  const fixed = spans.length * (2 * AIR + NARROWEST) + breaks;
  const total = spans.reduce((sum, { from, to }) => sum + (to - from), 0);
  const free = Math.max(0, width - fixed);
  const stretches: Stretch[] = [];
  let x = 0;
  for (const { from, to } of spans) {
    const share = total === 0 ? free / spans.length : (free * (to - from)) / total;
    stretches.push({ from, to, x: x + AIR, width: NARROWEST + share });
    x += 2 * AIR + NARROWEST + share + BREAK_WIDTH;
  }
  return {
    width: Math.max(width, x - BREAK_WIDTH),
    stretches,
    folds: foldsOf(stretches),
    x: (time) => place(stretches, time),
  };
}

function spansOf(sorted: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const time of sorted) {
    const last = spans.at(-1);
    if (last && time - last.to <= BREAK) last.to = time;
    else spans.push({ from: time, to: time });
  }
  return spans;
}

function foldsOf(stretches: readonly Stretch[]): Fold[] {
  return stretches.slice(1).map((stretch, i) => {
    const before = stretches[i] ?? stretch;
    const left = before.x + before.width;
    return { x: (left + stretch.x) / 2, length: stretch.from - before.to };
  });
}

function place(stretches: readonly Stretch[], time: number): number {
  const [first] = stretches;
  if (first === undefined) return 0;
  const stretch = stretches.findLast(({ from }) => from <= time) ?? first;
  const length = stretch.to - stretch.from;
  if (length === 0) return stretch.x + stretch.width / 2;
  const part = Math.min(1, Math.max(0, (time - stretch.from) / length));
  return stretch.x + part * stretch.width;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((step) => step * MINUTE);
const TICK_WIDTH = 64;

/** Round times at which the axis is labelled, as many as have room. */
export function ticksOf({ from, to, width }: Stretch): number[] {
  const length = to - from;
  if (length === 0) return [from];
  const step = STEPS.find((wide) => (wide / length) * width >= TICK_WIDTH) ?? length;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((to - first) / step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => first + i * step);
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

const SILENCE = 20 * MINUTE;

/** Stretches of at least twenty minutes in which nobody wrote down anything. */
export function gapsOf(moments: readonly { from: number; to: number }[]): Gap[] {
  const gaps: Gap[] = [];
  let end: number | null = null;
  for (const { from, to } of [...moments].sort((a, b) => a.from - b.from)) {
    if (end !== null && from - end >= SILENCE && from - end <= BREAK)
      gaps.push({ from: end, to: from });
    end = Math.max(end ?? to, to);
  }
  return gaps;
}
