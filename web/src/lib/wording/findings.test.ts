import { describe, expect, it } from 'vitest';
import { carried, type Finding, joined, parted, toUtf16 } from './findings.ts';

const at = (start: number, end: number): Finding => ({
  start,
  end,
  family: 'blame',
  question: 'What was intended?',
});

describe('toUtf16', () => {
  it('counts letters that take two units', () => {
    const text = '🦀 the typo 🦀';
    const [found] = toUtf16(text, [at(6, 10)]);
    expect(text.slice(found?.start, found?.end)).toBe('typo');
  });

  it('takes the end of the text', () => {
    expect(toUtf16('🦀typo', [at(1, 5)])).toEqual([at(2, 6)]);
  });

  it('leaves out what is not in the text', () => {
    expect(toUtf16('short', [at(2, 9)])).toEqual([]);
  });
});

describe('texts that are checked together', () => {
  it('get their own findings', () => {
    const texts = ['a typo', '', 'the typo'];
    const whole = joined(texts);
    const found = [at(2, 6), at(whole.length - 4, whole.length)];
    expect(parted(texts, found)).toEqual([[at(2, 6)], [], [at(4, 8)]]);
  });

  it('have nothing that reaches over their ends', () => {
    expect(parted(['one', 'two'], [at(1, 6)])).toEqual([[], []]);
  });
});

describe('carried', () => {
  const text = 'It was a typo, by mistake';
  const found = [at(9, 13), at(18, 25)];

  it('moves what stands behind an edit', () => {
    expect(carried(text, `So ${text}`, found)).toEqual([at(12, 16), at(21, 28)]);
    expect(carried(text, text.replace('was ', ''), found)).toEqual([at(5, 9), at(14, 21)]);
  });

  it('leaves what stands before an edit', () => {
    expect(carried(text, `${text}.`, found)).toEqual(found);
    expect(carried(text, `${text} again`, [at(9, 13)])).toEqual([at(9, 13)]);
  });

  it('drops what was touched', () => {
    expect(carried(text, text.replace('typo', 'typos'), found)).toEqual([at(19, 26)]);
    expect(carried(text, `${text}n`, found)).toEqual([at(9, 13)]);
    expect(carried(text, '', found)).toEqual([]);
  });
});
