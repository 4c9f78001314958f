import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outline } from './tree.ts';
import type { AnalysisNode } from './types.ts';

interface Written {
  readonly id: string;
  readonly parent: string | null;
  readonly also: readonly string[];
  readonly order: number;
  readonly deleted: boolean;
}

interface Read {
  readonly id: string;
  readonly parent: string | null;
  readonly also: readonly string[];
}

/** Trees as clients may leave them, and how the server reads them; its tests write this file. */
const TREES = `${import.meta.dirname}/../../../../crates/record/tests/fixtures/trees.json`;
const trees = JSON.parse(readFileSync(TREES, 'utf8')) as { written: Written[]; read: Read[] }[];

function node(values: Partial<AnalysisNode> & { id: string }): AnalysisNode {
  return {
    order: 1,
    deleted: false,
    withheld: false,
    kind: 'answer',
    parent: null,
    also: [],
    text: '',
    entries: [],
    tag: null,
    system: null,
    signal: null,
    neededBy: null,
    needed: null,
    wasAt: null,
    ...values,
  };
}

function nodes(...list: (Partial<AnalysisNode> & { id: string })[]) {
  return new Map(list.map((values) => [values.id, node(values)]));
}

describe('the outline', () => {
  it('is read as the server reads it, whatever was written', () => {
    expect(trees.length).toBeGreaterThan(100);
    for (const { written, read } of trees) {
      const rows = outline(nodes(...written));
      const shown = rows.map(({ node: { id }, parent, also }) => ({ id, parent, also }));
      expect(shown).toEqual(read);
    }
  });

  it('shows a node with several parents once, and a reference below each other one', () => {
    const rows = outline(
      nodes({ id: 'a' }, { id: 'b', order: 2 }, { id: 'c', parent: 'a', also: ['b', 'gone'] }),
    );
    expect(rows.map((row) => [row.node.id, row.depth, row.also, row.linked.length])).toEqual([
      ['a', 0, [], 0],
      ['c', 1, ['b'], 0],
      ['b', 0, [], 1],
    ]);
  });

  it('keeps the rows that did not change', () => {
    const all = nodes({ id: 'a' }, { id: 'b', parent: 'a' }, { id: 'c', parent: 'a', order: 2 });
    const before = outline(all);
    all.set('b', node({ id: 'b', parent: 'a', text: 'new' }));
    const after = outline(all, new Map(before.map((row) => [row.node.id, row])));
    expect(after.map((row, i) => row === before[i])).toEqual([true, false, true]);
  });
});
