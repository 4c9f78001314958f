import { describe, expect, it } from 'vitest';
import { type LaneEntry, lanesOf } from './marks.ts';
import { gapsOf, scaleOf, ticksOf } from './scale.ts';

const at = (time: string) => Date.parse(`2026-03-01T${time}:00Z`);

describe('the scale', () => {
  it('keeps the order of time', () => {
    const scale = scaleOf([at('18:00'), at('18:30'), at('20:00')], 1000);
    expect(scale.stretches).toHaveLength(1);
    const xs = [at('18:00'), at('18:30'), at('20:00')].map(scale.x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(xs.at(-1)).toBeLessThan(1000);
  });

  it('folds a long silence up, and leaves the rest its room', () => {
    const longBefore = at('18:00') - 5 * 24 * 3600_000;
    const scale = scaleOf([longBefore, at('18:00'), at('20:00')], 1000);
    expect(scale.folds).toEqual([{ x: expect.any(Number), length: at('18:00') - longBefore }]);
    expect(scale.x(at('20:00')) - scale.x(at('18:00'))).toBeGreaterThan(500);
  });

  it('has a place for a single moment and for none', () => {
    expect(scaleOf([at('18:00')], 600).x(at('18:00'))).toBeGreaterThan(0);
    expect(scaleOf([], 600).x(at('18:00'))).toBe(0);
  });

  it('labels round times that have room', () => {
    const [stretch] = scaleOf([at('18:03'), at('19:03')], 400).stretches;
    const ticks = stretch ? ticksOf(stretch) : [];
    expect(ticks).toEqual([at('18:15'), at('18:30'), at('18:45'), at('19:00')]);
  });
});

it('finds the silences, and none inside a range', () => {
  const moments = [
    { from: at('18:00'), to: at('18:40') },
    { from: at('18:10'), to: at('18:10') },
    { from: at('19:23'), to: at('19:23') },
    { from: at('19:30'), to: at('19:30') },
  ];
  expect(gapsOf(moments)).toEqual([{ from: at('18:40'), to: at('19:23') }]);
});

it('puts marks that would hide one another on lines of their own', () => {
  const entry = (id: string, time: string, lane: string): LaneEntry => ({
    id,
    at: `2026-03-01T${time}:00Z`,
    precision: 'exact',
    kind: 'note',
    lane,
    text: '',
  });
  const entries = [
    entry('a', '18:00', 'sre'),
    entry('b', '18:00', 'sre'),
    entry('c', '19:00', 'x'),
  ];
  const scale = scaleOf([at('18:00'), at('19:00')], 800);
  const lanes = lanesOf(entries, ['support', 'sre'], scale);
  expect(lanes.map(({ slug, levels }) => [slug, levels])).toEqual([
    ['sre', 2],
    ['x', 1],
  ]);
});
