import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { countDrafts, forgetDraft, keepDraft, keptDraft } from './drafts.ts';
import { forgetKept } from './records.ts';

beforeEach(forgetKept);

it('keeps what somebody writes until it is saved, each person’s apart', async () => {
  expect(await keepDraft('ada', 'handbook/light', { words: 'mine' })).toBe(true);
  await keepDraft('grace', 'handbook/light', { words: 'hers' });
  expect(await keptDraft('ada', 'handbook/light')).toEqual({ words: 'mine' });
  expect(await countDrafts()).toBe(2);

  await forgetDraft('ada', 'handbook/light');
  expect(await keptDraft('ada', 'handbook/light')).toBeUndefined();
  expect(await keptDraft('grace', 'handbook/light')).toEqual({ words: 'hers' });
  expect(await countDrafts()).toBe(1);
});

it('leaves nothing on the device after signing out', async () => {
  await keepDraft('ada', 'handbook/light', 'mine');
  await forgetKept();
  expect(await keptDraft('ada', 'handbook/light')).toBeUndefined();
  expect(await countDrafts()).toBe(0);
});
