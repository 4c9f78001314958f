import { describe, expect, it } from 'vitest';
import type { ProcessFigure } from '#api/types.ts';
import { HEIGHT, stripOf, WIDTH } from './strip.ts';

function figure(before: number[], after: number[], unit: ProcessFigure['unit'] = 'hours') {
  const side = (values: number[]) => ({
    points: values.map((value, n) => ({
      postmortem: `p${n}`,
      title: `Outage ${n}`,
      met_at: '2026-03-01T18:00:00Z',
      value,
    })),
    median: values[0] ?? null,
  });
  return { unit, before: side(before), after: side(after) } as ProcessFigure;
}

describe('stripOf', () => {
  it('puts the cases before a version left of it, and those after right', () => {
    const { dots, version, medians } = stripOf(figure([10, 20, 30], [5]));
    expect(dots.map(({ x }) => x < version)).toEqual([true, true, true, false]);
    expect(medians).toHaveLength(2);
    const xs = dots.map(({ x }) => x);
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
  });

  it('begins at nothing, so that a small difference does not look large', () => {
    const { dots, top } = stripOf(figure([0, 100], [50]));
    const [none, most, middle] = dots.map(({ y }) => y);
    expect(top).toBe(100);
    expect((none ?? 0) - (middle ?? 0)).toBeCloseTo((middle ?? 0) - (most ?? 0));
    for (const { x, y } of dots) {
      expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
    }
  });

  it('shows shares of the whole', () => {
    expect(stripOf(figure([0.25], [0.5], 'share')).top).toBe(1);
  });

  it('draws nothing where there is nothing', () => {
    const { dots, medians } = stripOf(figure([], []));
    expect([dots, medians]).toEqual([[], []]);
  });
});
