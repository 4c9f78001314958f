import { describe, expect, test } from 'vitest';
import { Problem } from '#api/problem.ts';
import type { ImportReport } from '#api/types.ts';
import { Importing, type Send } from './importing.svelte.ts';
import { place, takenInShort } from './postmortems.ts';

const unsaid = { zone: '', date: '' };

function report(title: string, more: Partial<ImportReport> = {}): ImportReport {
  return { title, entries: 0, existing: false, taken: [], asked: [], skipped: [], ...more };
}

function file(path: string): File {
  const made = new File(['# x'], path.split('/').at(-1) ?? path);
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

function importing(send: Send) {
  const sent: string[] = [];
  const noted: Send = (file, unsaid, dryRun) => {
    sent.push(`${file.name}${dryRun ? '?' : ''}`);
    return send(file, unsaid, dryRun);
  };
  return { importing: new Importing(noted), sent };
}

describe('files', () => {
  test('are looked at first, then those that are chosen are imported', async () => {
    const { importing: it, sent } = importing(async ({ name }) => report(name));
    await it.choose([file('b.md'), file('a.md'), file('c.txt'), file('x/.git/d.md')], unsaid);
    expect(it.files.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'a.md ready',
      'b.md ready',
    ]);
    const first = it.files[0];
    if (first) first.chosen = false;
    await it.import(unsaid);
    expect(sent).toEqual(['a.md?', 'b.md?', 'b.md']);
    expect(it.files.map(({ state }) => state)).toEqual(['ready', 'imported']);
    await it.look(unsaid);
    expect(sent).toEqual(['a.md?', 'b.md?', 'b.md', 'a.md?']);
  });

  test('that are none are left out, and those that are here are not imported again', async () => {
    const { importing: it, sent } = importing(async ({ name }) => {
      if (name === 'none.md') throw new Problem(422, { field: 'body', detail: 'no post-mortem' });
      if (name === 'far.md') throw new Problem(0, { detail: 'out of reach' });
      return report(name, { existing: name === 'here.md' });
    });
    await it.choose([file('none.md'), file('far.md'), file('here.md')], unsaid);
    expect(it.files.map(({ state }) => state)).toEqual(['failed', 'existing', 'left-out']);
    await it.import(unsaid);
    expect(sent).toHaveLength(3);
  });

  test('end after the one at hand', async () => {
    const { importing: it, sent } = importing(async ({ name }) => {
      it.stop();
      return report(name);
    });
    await it.choose([file('a.md'), file('b.md')], unsaid);
    expect(sent).toEqual(['a.md?']);
    expect([it.stopped, it.doing]).toEqual([true, 'nothing']);
  });
});

test('what was taken is told in one line', () => {
  const taken = [
    { what: 'summary', count: 1, line: 3, from: 'Summary' },
    { what: 'timeline', count: 2, line: 5, from: 'Timeline' },
    { what: 'timeline', count: 1, line: 9, from: 'Later' },
    { what: 'analysis', count: 1, line: 12, from: 'Root cause' },
  ] as const;
  expect(takenInShort(taken)).toBe('3 entries, 1 finding, the summary');
  expect([place(0), place(1200)]).toEqual(['The file', 'Line 1,200']);
});
