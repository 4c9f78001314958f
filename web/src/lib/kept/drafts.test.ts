import { beforeEach, expect, it, vi } from 'vitest';
import { countDrafts, forgetDraft, forgetDrafts, keepDraft, keptDraft } from './drafts.ts';

beforeEach(() => vi.stubGlobal('localStorage', storage()));

it('keeps what somebody writes until it is saved, each person’s apart', () => {
  expect(keepDraft('ada', 'handbook/light', { words: 'mine' })).toBe(true);
  keepDraft('grace', 'handbook/light', { words: 'hers' });
  expect(keptDraft('ada', 'handbook/light')).toEqual({ words: 'mine' });
  expect(countDrafts()).toBe(2);

  forgetDraft('ada', 'handbook/light');
  expect(keptDraft('ada', 'handbook/light')).toBeUndefined();
  expect(keptDraft('grace', 'handbook/light')).toEqual({ words: 'hers' });
  expect(countDrafts()).toBe(1);
});

it('leaves no draft on the device after signing out, and nothing else changed', () => {
  localStorage.setItem('afterword:theme', 'dark');
  keepDraft('ada', 'handbook/light', 'mine');
  forgetDrafts();
  expect(keptDraft('ada', 'handbook/light')).toBeUndefined();
  expect(countDrafts()).toBe(0);
  expect(localStorage.getItem('afterword:theme')).toBe('dark');
});

it('reads what is not as it was kept as nothing', () => {
  keepDraft('ada', 'lesson', 'mine');
  for (const name of Object.keys(localStorage)) localStorage.setItem(name, '{"wor');
  expect(keptDraft('ada', 'lesson')).toBeUndefined();
});

it('says where a browser keeps nothing', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(keepDraft('ada', 'lesson', 'mine')).toBe(false);
  expect(keptDraft('ada', 'lesson')).toBeUndefined();
  forgetDraft('ada', 'lesson');
  forgetDrafts();
  expect(countDrafts()).toBe(0);
});

/** As the browser's: its items are its own properties, its methods are not. */
function storage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  return Object.create(methods) as Storage;
}
