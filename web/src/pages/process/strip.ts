import type { ProcessFigure, ProcessFigurePoint } from '#api/types.ts';

/** A case in the picture. */
export interface Dot {
  readonly point: ProcessFigurePoint;
  readonly x: number;
  readonly y: number;
}

/** A median as a line over its cases. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

export interface Strip {
  readonly dots: readonly Dot[];
  readonly medians: readonly Line[];
  /** Where the version came. */
  readonly version: number;
  /** The value at the top. */
  readonly top: number;
}

export const WIDTH = 280;
export const HEIGHT = 96;
const EDGE = 10;

/** Where everything stands: cases from left to right as they met, values from 0 at the bottom. */
export function stripOf({ unit, before, after }: ProcessFigure): Strip {
  const sides = [before.points, after.points] as const;
  const values = sides.flat().map(({ value }) => value);
  const top = unit === 'share' ? 1 : Math.max(1, ...values);
  const y = (value: number) => HEIGHT - EDGE - (value / top) * (HEIGHT - 2 * EDGE);
  const half = WIDTH / 2;
  const place = (side: number, index: number, count: number) =>
    side * half + EDGE + ((index + 0.5) / count) * (half - 2 * EDGE);
  const dots = sides.flatMap((points, side) =>
    points.map((point, index) => ({
      point,
      x: place(side, index, points.length),
      y: y(point.value),
    })),
  );
  const medians = [before.median, after.median].flatMap((median, side) =>
    median == null
      ? []
      : [{ from: side * half + EDGE, to: (side + 1) * half - EDGE, y: y(median) }],
  );
  return { dots, medians, version: half, top };
}
