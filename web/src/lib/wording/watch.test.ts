import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from './findings.ts';
import { WordingWatch } from './watch.ts';

const TYPO: Finding = { start: 0, end: 4, family: 'blame', question: 'What was intended?' };

interface Asked {
  text: string;
  field: string;
  signal: AbortSignal;
  answer: (found: Finding[]) => void;
  refuse: () => void;
}

function watching() {
  const asked: Asked[] = [];
  let field = 'text';
  let answers = 0;
  const watch = new WordingWatch(
    () => field,
    () => answers++,
    (text, where, signal) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(new Error('no answer'));
        asked.push({ text, field: where, signal, answer: resolve, refuse });
      }),
  );
  const become = (other: string) => {
    field = other;
  };
  return { watch, asked, become, answers: () => answers };
}

const pause = () => vi.advanceTimersByTimeAsync(150);
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('WordingWatch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once for many keys', async () => {
    const { watch, asked } = watching();
    for (const text of ['t', 'ty', 'typ', 'typo']) watch.look([text]);
    await pause();
    expect(asked.map(({ text }) => text)).toEqual(['typo']);
  });

  it('keeps the answer, and does not ask for it again', async () => {
    const { watch, asked, answers } = watching();
    watch.look(['typo']);
    await pause();
    expect(watch.of('typo')).toBeUndefined();
    asked[0]?.answer([TYPO]);
    await settle();
    expect(watch.of('typo')).toEqual([TYPO]);
    expect(answers()).toBe(1);
    watch.look(['typo']);
    await pause();
    expect(asked).toHaveLength(1);
  });

  it('lets only the newest answer count', async () => {
    const { watch, asked, answers } = watching();
    watch.look(['typo']);
    await pause();
    watch.look(['typo one']);
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer([TYPO]);
    await pause();
    expect(watch.of('typo')).toBeUndefined();
    asked[1]?.answer([TYPO]);
    await settle();
    expect(watch.of('typo one')).toEqual([TYPO]);
    expect(answers()).toBe(1);
  });

  it('asks only about what is new', async () => {
    const { watch, asked } = watching();
    watch.look(['typo', 'first']);
    await pause();
    asked[0]?.answer([TYPO]);
    await settle();
    watch.look(['typo', 'first', 'second', ' ']);
    await pause();
    expect(asked.map(({ text }) => text)).toEqual(['typo\n\nfirst', 'second']);
    expect(watch.of('first')).toEqual([]);
  });

  it('says nothing when there is no answer, and asks again with the next key', async () => {
    const { watch, asked, answers } = watching();
    watch.look(['typo']);
    await pause();
    asked[0]?.refuse();
    await settle();
    expect([watch.of('typo'), answers()]).toEqual([undefined, 0]);
    watch.look(['typo']);
    await pause();
    expect(asked).toHaveLength(2);
  });

  it('asks nobody while offline', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { watch, asked } = watching();
    watch.look(['typo']);
    await pause();
    expect(asked).toEqual([]);
    online.mockRestore();
  });

  it('asks anew when the words stand elsewhere', async () => {
    const { watch, asked, become } = watching();
    watch.look(['typo']);
    await pause();
    asked[0]?.answer([TYPO]);
    await settle();
    become('action');
    expect(watch.of('typo')).toBeUndefined();
    watch.look(['typo']);
    await pause();
    expect(asked.map(({ field }) => field)).toEqual(['text', 'action']);
  });

  it('asks about a long text in parts', async () => {
    const { watch, asked } = watching();
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(7_000));
    watch.look(texts);
    await pause();
    asked[0]?.answer([]);
    await settle();
    expect(asked.map(({ text }) => text.length)).toEqual([14_002, 7_000]);
  });

  it('asks nothing more when it is stopped', async () => {
    const { watch, asked } = watching();
    watch.look(['typo']);
    watch.stop();
    await pause();
    expect(asked).toEqual([]);
  });
});
