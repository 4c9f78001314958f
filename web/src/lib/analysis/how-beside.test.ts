import { describe, expect, it } from 'vitest';
import { cardsFor, readBank } from './bank.ts';
import { asksWhy, howBeside } from './how-beside.ts';

const HANDBOOK = {
  name: '60 minutes',
  prompts: [
    {
      id: 'sensing',
      title: 'Sensing',
      lens: 'sensing',
      prompts: [
        { text: 'How did this alert look beside the others?', kinds: ['alert'] },
        { text: 'What were you looking at?' },
        { text: 'How did you first tell?' },
      ],
    },
    {
      id: 'decision',
      title: 'Decision',
      prompts: [
        { text: 'How did you choose?', kinds: ['did', 'nonsense'] },
        { text: 'What were you unsure of?' },
      ],
    },
    { id: 'broken', title: 7 },
    'nonsense',
  ],
};
const bank = readBank(HANDBOOK);
const why = { id: '0198-a', kind: null, lens: null, turn: 0 } as const;

describe('the prompt bank', () => {
  it('is read as far as it can be', () => {
    expect(bank.map(({ id, lens, prompts }) => [id, lens, prompts.length])).toEqual([
      ['sensing', 'sensing', 3],
      ['decision', null, 2],
    ]);
    expect(bank[1]?.prompts[0]?.kinds).toEqual(['did']);
    expect(readBank({ id: '60-minutes', version: 2, handbook: HANDBOOK })).toEqual(bank);
    expect(readBank(null)).toEqual([]);
    expect(readBank({ prompts: 'none' })).toEqual([]);
  });

  it('shows first what was written for the kind of moment, and leaves out what was not', () => {
    const [sensing, decision] = bank;
    if (!sensing || !decision) throw new Error('no groups');
    expect(cardsFor(sensing, 'alert').map(({ text }) => text)[0]).toMatch(/beside the others/);
    expect(cardsFor(sensing, 'did')).toHaveLength(2);
    expect(cardsFor(decision, null)).toHaveLength(2);
  });
});

describe('a how beside a why', () => {
  it('is offered for a question that asks why', () => {
    expect(asksWhy({ kind: 'question', text: '  why did it fire?' })).toBe(true);
    expect(asksWhy({ kind: 'question', text: 'Whyever' })).toBe(false);
    expect(asksWhy({ kind: 'answer', text: 'Why not' })).toBe(false);
  });

  it('fits the kind of moment and the lens', () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      expect(howBeside(bank, { ...why, id, kind: 'alert', lens: 'sensing' })).toBe(
        'How did this alert look beside the others?',
      );
      expect(howBeside(bank, { ...why, id, kind: 'did' })).toBe('How did you choose?');
      expect(howBeside(bank, { ...why, id, kind: 'said', lens: 'sensing' })).toMatch(
        /looking at|first tell/,
      );
      expect(howBeside(bank, { ...why, id, kind: 'said', lens: 'probing' })).toMatch(/^(How|What)/);
    }
  });

  it('stays the same for one question, and is not the same for all', () => {
    const asked = Array.from({ length: 40 }, (_, i) => howBeside(bank, { ...why, id: `n${i}` }));
    expect(new Set(asked).size).toBe(5);
    expect(howBeside(bank, why)).toBe(howBeside(bank, why));
  });

  it('goes through all that fit when another is asked for', () => {
    const turns = [0, 1, 2, 3, 4].map((turn) => howBeside(bank, { ...why, turn }));
    expect(new Set(turns).size).toBe(5);
  });

  it('says nothing without a bank', () => {
    expect(howBeside([], why)).toBeNull();
  });
});
