import { describe, expect, it } from 'vitest';
import type { Proposal } from '#api/types.ts';
import { appends, byLane, merge } from './merge.ts';

function proposal(id: string, lane = 'sre', count = 1): Proposal {
  const at = '2026-03-01T18:43:00Z';
  return {
    id,
    lane,
    count,
    kind: 'alert',
    service: 'checkout',
    source: 'pager',
    title: id,
    text: '',
    first_at: at,
    last_at: at,
    marks: [],
    events: [id],
    sentence: '',
    entry: { at, precision: 'exact', kind: 'alert', lane, text: id, evidence: [] },
    entries: [],
  };
}

const lanes = [{ slug: 'engineering' }, { slug: 'sre' }];
const ids = (proposals: readonly Proposal[]) => proposals.map(({ id }) => id);

describe('what arrives', () => {
  it('is kept waiting, while what is shown is brought up to date in its place', () => {
    const { items, waiting } = merge(
      [proposal('b'), proposal('d')],
      [proposal('a'), proposal('b', 'sre', 14), proposal('c'), proposal('d')],
    );
    expect(ids(items)).toEqual(['b', 'd']);
    expect(items[0]?.count).toBe(14);
    expect(ids(waiting)).toEqual(['a', 'c']);
  });

  it('leaves in place what the server no longer tells', () => {
    const { items, waiting } = merge([proposal('a'), proposal('b')], [proposal('b')]);
    expect(ids(items)).toEqual(['a', 'b']);
    expect(waiting).toEqual([]);
  });

  it('moves nothing only at the very end of the last lane', () => {
    const shown = [proposal('a', 'engineering'), proposal('b', 'sre')];
    expect(appends(shown, [...shown, proposal('c', 'sre')], lanes)).toBe(true);
    expect(appends(shown, [...shown, proposal('c', 'engineering')], lanes)).toBe(false);
    expect(appends(shown, [proposal('0', 'sre'), ...shown], lanes)).toBe(false);
  });
});

it('parts proposals by lane, in the order of the disciplines, unknown ones last', () => {
  const parts = byLane(
    [proposal('1', 'sre'), proposal('2', 'ghosts'), proposal('3', 'engineering')],
    lanes,
  );
  expect(parts.map(({ lane, items }) => [lane, ids(items)])).toEqual([
    ['engineering', ['3']],
    ['sre', ['1']],
    ['ghosts', ['2']],
  ]);
});
