import { describe, expect, it } from 'vitest';
import type { HandbookStep } from '#api/types.ts';
import type { Edited } from './draft.svelte.ts';
import { brought } from './merge.ts';

function step(id: string, change: Partial<HandbookStep> = {}): HandbookStep {
  return {
    id,
    part: 'record',
    title: id,
    purpose: `${id} is for`,
    minutes: 5,
    say: ['one', 'two'],
    prompts: [],
    checks: [],
    signs: [],
    ...change,
  };
}

function handbook(steps: readonly HandbookStep[], change: Partial<Edited> = {}): Edited {
  const own = { name: 'Hour', when: 'often', before: [], prompts: [], signs: [], after: [] };
  return { ...own, steps: [...steps], ...change };
}

const base = handbook([step('a'), step('b'), step('c')]);
const ids = ({ steps }: Edited) => steps.map(({ id }) => id).join('');

describe('what two people changed', () => {
  it('is all there', () => {
    const mine = handbook([step('a', { title: 'Mine' }), step('b'), step('c')]);
    const theirs = handbook(
      [step('a', { minutes: 9 }), step('b', { title: 'Theirs' }), step('c')],
      {
        name: 'Sixty',
      },
    );
    const { handbook: all, both } = brought(base, mine, theirs);
    expect(all.name).toBe('Sixty');
    expect(all.steps.map(({ title }) => title)).toEqual(['Mine', 'Theirs', 'c']);
    expect(all.steps[0]?.minutes).toBe(9);
    expect(both).toEqual([]);
  });

  it('is named where it is the same words; mine stand there', () => {
    const mine = handbook([step('a', { purpose: 'mine' }), step('b'), step('c')]);
    const theirs = handbook([step('a', { purpose: 'theirs' }), step('b'), step('c')]);
    const { handbook: all, both } = brought(base, mine, theirs);
    expect(all.steps[0]?.purpose).toBe('mine');
    expect(both).toEqual(['“a”, purpose']);
  });

  it('keeps each other’s new lines in their places', () => {
    const mine = handbook([step('a', { say: ['one', 'mine', 'two'] }), step('b'), step('c')]);
    const theirs = handbook([step('a', { say: ['zero', 'one', 'two'] }), step('b'), step('c')]);
    expect(brought(base, mine, theirs).handbook.steps[0]?.say).toEqual([
      'zero',
      'one',
      'mine',
      'two',
    ]);
  });

  it('adds, removes and moves steps of both', () => {
    const mine = handbook([step('c'), step('a'), step('b'), step('m')]);
    const theirs = handbook([step('a'), step('t'), step('c')]);
    expect(ids(brought(base, mine, theirs).handbook)).toBe('catm');
    expect(ids(brought(base, theirs, mine).handbook)).toBe('catm');
  });

  it('does not remove what the other has rewritten', () => {
    const mine = handbook([step('a'), step('c')]);
    const theirs = handbook([step('a'), step('b', { title: 'Theirs' }), step('c')]);
    expect(ids(brought(base, mine, theirs).handbook)).toBe('abc');
    expect(ids(brought(base, theirs, mine).handbook)).toBe('abc');
  });

  it('is only one’s own where the other changed nothing', () => {
    const mine = handbook([step('b'), step('a', { checks: [{ id: 'x', text: 'New?' }] })]);
    expect(brought(base, mine, base).handbook).toEqual(mine);
    expect(brought(base, base, mine).handbook).toEqual(mine);
  });
});
