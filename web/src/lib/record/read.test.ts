import { get } from 'svelte/store';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { add, LOCAL, move, patch, remove, restore, setList, sharedList } from './edit.ts';
import { liveRecord, root } from './live.ts';
import { richFrom } from './rich.ts';
import type { Values } from './values.ts';

function entry(values: Record<string, unknown>, text = 'words'): Values {
  const map: Values = new Y.Map(Object.entries(values));
  map.set('text', richFrom(text));
  return map;
}

function timelineOf(entries: Record<string, Record<string, unknown>>) {
  const doc = new Y.Doc();
  for (const [id, values] of Object.entries(entries)) root(doc, 'timeline').set(id, entry(values));
  return { doc, record: liveRecord(doc) };
}

function order(record: ReturnType<typeof liveRecord>): string[] {
  return get(record.timeline).flatMap(({ head, views }) => [head.id, ...views.map((v) => v.id)]);
}

const SIX = '2026-03-01T18:00:00Z';
const SEVEN = '2026-03-01T19:00:00Z';

describe('the reading order', () => {
  it('goes by time, then order, then id, and puts what has no time last', () => {
    const { record } = timelineOf({
      none: { order: 0 },
      late: { at: SEVEN, order: 0 },
      b: { at: SIX, order: 1 },
      a: { at: SIX, order: 1 },
      first: { at: '2026-03-01T18:00:00.000Z', order: 0.5 },
    });
    expect(order(record)).toEqual(['first', 'a', 'b', 'late', 'none']);
  });

  it('puts views beside the first entry of their chain, and survives circles', () => {
    const { record } = timelineOf({
      head: { at: SIX, order: 1 },
      view: { at: SEVEN, order: 1, beside: 'head' },
      viewOfView: { at: SEVEN, order: 2, beside: 'view' },
      lost: { at: SEVEN, order: 3, beside: 'nobody' },
      x: { at: SEVEN, order: 4, beside: 'y' },
      y: { at: SEVEN, order: 5, beside: 'x' },
    });
    expect(get(record.timeline).map(({ head, views }) => [head.id, views.length])).toEqual([
      ['head', 2],
      ['lost', 0],
      ['x', 0],
      ['y', 0],
    ]);
  });
});

describe('the tolerant reader', () => {
  it('reads wrong values as missing and never claims more than is known', () => {
    const { doc, record } = timelineOf({
      odd: {
        at: 42,
        order: 'x',
        kind: 'guess',
        lane: null,
        withheld: 'yes',
        proposed: 1,
        precision: 'exact',
      },
      local: { at: '2026-03-01T18:00:00+02:00', precision: 'exact' },
      noEnd: { at: SIX, precision: 'range' },
      back: { at: SEVEN, until: SIX, precision: 'range' },
      loose: { at: SIX, until: SEVEN, precision: 'exact' },
    });
    root(doc, 'timeline').set('text', 'not a map');
    const all = get(record.entries);
    expect(all.has('text')).toBe(false);
    expect(all.get('odd')).toMatchObject({
      at: null,
      precision: 'unknown',
      order: 0,
      kind: 'note',
      lane: 'other',
      withheld: false,
      proposed: false,
      asked: null,
    });
    expect(all.get('local')?.at).toBeNull();
    expect(all.get('noEnd')).toMatchObject({ precision: 'approximate', until: null });
    expect(all.get('back')).toMatchObject({ precision: 'approximate', until: null });
    expect(all.get('loose')).toMatchObject({ precision: 'exact', until: null });
  });
});

describe('the live stores', () => {
  it('read only what changed', async () => {
    const { doc, record } = timelineOf({ a: { at: SIX, order: 1 }, b: { at: SEVEN, order: 1 } });
    const seen: ReadonlyMap<string, unknown>[] = [];
    const rows: (readonly object[])[] = [];
    record.entries.subscribe((all) => seen.push(all));
    record.timeline.subscribe((moments) => rows.push(moments));
    patch(doc, 'timeline', 'a', { kind: 'did' });
    await Promise.resolve();
    const [before, after] = seen;
    expect(after?.get('a')).not.toBe(before?.get('a'));
    expect(after?.get('b')).toBe(before?.get('b'));
    expect(rows.at(-1)?.[1]).toBe(rows[0]?.[1]);
    expect(rows.at(-1)?.[0]).not.toBe(rows[0]?.[0]);
  });

  it('see a change deep inside rich text', async () => {
    const { doc, record } = timelineOf({ a: { at: SIX, order: 1 } });
    const texts: string[] = [];
    record.entries.subscribe((all) => texts.push(JSON.stringify(all.get('a')?.text)));
    const fragment = root(doc, 'timeline').get('a') as Values;
    const paragraph = (fragment.get('text') as Y.XmlFragment).get(0) as Y.XmlElement;
    doc.transact(() => (paragraph.get(0) as Y.XmlText).insert(5, ' more', { bold: {} }), LOCAL);
    await Promise.resolve();
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain('" more","marks":[{"type":"bold"');
  });
});

describe('editing', () => {
  it('deletes and restores without losing words', () => {
    const { doc, record } = timelineOf({ a: { at: SIX, order: 1 } });
    remove(doc, 'timeline', 'a');
    expect(order(record)).toEqual([]);
    restore(doc, 'timeline', 'a');
    expect(order(record)).toEqual(['a']);
  });

  it('moves among equals, and numbers anew where no room is left', () => {
    const { doc, record } = timelineOf({
      a: { at: SIX, order: 1 },
      b: { at: SIX, order: 1 + Number.EPSILON },
      c: { at: SIX, order: 2 },
    });
    const equals = get(record.timeline).map(({ head }) => head);
    move(doc, 'timeline', 'c', equals, 'b');
    expect(order(record)).toEqual(['a', 'c', 'b']);
    move(
      doc,
      'timeline',
      'a',
      get(record.timeline).map(({ head }) => head),
      null,
    );
    expect(order(record)).toEqual(['c', 'b', 'a']);
  });

  it('writes lists by their differences', () => {
    const doc = new Y.Doc();
    const [id = ''] = add(doc, 'themes', [
      { values: { order: 1 }, shared: { nodes: sharedList(['a', 'b']) } },
    ]);
    setList(doc, 'themes', id, 'nodes', ['b', 'c']);
    expect(get(liveRecord(doc).themes)[0]?.nodes).toEqual(['b', 'c']);
  });
});

describe('the outline', () => {
  function outlineOf(nodes: Record<string, Record<string, unknown>>) {
    const doc = new Y.Doc();
    for (const [id, values] of Object.entries(nodes)) {
      root(doc, 'analysis').set(id, new Y.Map(Object.entries(values)));
    }
    return get(liveRecord(doc).outline).map(({ node, depth }) => `${node.id}${depth}`);
  }

  it('opens a circle at its smallest id', () => {
    const rows = outlineOf({
      c: { parent: 'b', order: 1 },
      b: { parent: 'a', order: 1 },
      a: { parent: 'c', order: 1 },
      below: { parent: 'c', order: 2 },
      self: { parent: 'self', order: 3 },
    });
    expect(rows).toEqual(['a0', 'b1', 'c2', 'below3', 'self0']);
  });

  it('lifts what hangs below a deleted or lost parent', () => {
    const rows = outlineOf({
      a: { order: 1 },
      gone: { parent: 'a', order: 1, deleted: true },
      kept: { parent: 'gone', order: 1 },
      lost: { parent: 'nobody', order: 2 },
    });
    expect(rows).toEqual(['a0', 'kept1', 'lost0']);
  });

  it('reads a chain of any depth', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`n${i}`, i === 0 ? {} : { parent: `n${i - 1}` }]),
    );
    expect(outlineOf(nodes).at(-1)).toBe('n1999919999');
  });
});
