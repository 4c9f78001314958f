import { describe, expect, it } from 'vitest';
import { savingWords } from './saving-words.ts';

describe('the words about saving', () => {
  it('count what is kept here', () => {
    const offline = { kind: 'offline', kept: true } as const;
    expect(savingWords({ ...offline, edits: 0 }).short).toBe('Offline');
    expect(savingWords({ ...offline, edits: 1 }).short).toBe('Offline with 1 edit kept here');
    expect(savingWords({ ...offline, edits: 12 }).short).toBe('Offline with 12 edits kept here');
  });

  it('say that a browser without storage would lose them', () => {
    expect(savingWords({ kind: 'offline', kept: false, edits: 0 }).long).toContain(
      'lost on closing',
    );
  });

  it('say what a full store means, and why', () => {
    const waiting = { kind: 'waiting', kept: true, edits: 2 } as const;
    expect(savingWords({ ...waiting, detail: 'The disk is full.' }).long).toBe(
      'The disk is full. Your words are kept in this browser.',
    );
    expect(savingWords({ ...waiting, detail: '' }).long).toContain('goes on trying');
  });

  it('say “Saved” for nothing but what the server saved', () => {
    expect(savingWords({ kind: 'saved' }).short).toBe('Saved');
    expect(savingWords({ kind: 'saving', edits: 0 }).short).not.toBe('Saved');
    expect(savingWords({ kind: 'opening' }).short).not.toBe('Saved');
  });
});
