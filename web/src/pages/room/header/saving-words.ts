import type { Refusal, Saving } from '#lib/record/saving.ts';

export interface SavingWords {
  readonly tone: 'good' | 'plain' | 'attention' | 'danger';
  readonly short: string;
  /** What to know and do, where more than the short words is needed. */
  readonly long: string | null;
  /** What a button to go on is called. */
  readonly retry: string | null;
}

const REFUSALS: Readonly<Record<Refusal, string>> = {
  signed_out:
    'You are signed out here. Sign in again in another tab, then come back and try again.',
  not_permitted: 'You may read this record, and no longer write in it.',
  missing: 'This post-mortem is not on the server any more.',
  malformed: 'The server could not read an edit from this page. Load the page again.',
  too_large: 'An edit is too large for the server. Undo it, or put it in smaller pieces.',
};

export function savingWords(saving: Saving): SavingWords {
  switch (saving.kind) {
    case 'opening':
      return { tone: 'plain', short: 'Opening…', long: null, retry: null };
    case 'saved':
      return { tone: 'good', short: 'Saved', long: null, retry: null };
    case 'saving':
      return { tone: 'plain', short: 'Saving…', long: null, retry: null };
    case 'waiting':
      return {
        tone: 'attention',
        short: `${edits(saving.edits)} not stored yet`,
        long: `${saving.detail || SLOW} ${keeping(saving)}`,
        retry: null,
      };
    case 'offline':
      return {
        tone: 'attention',
        short: `Offline${saving.edits === 0 ? '' : ` with ${edits(saving.edits)} kept here`}`,
        long: saving.kept ? null : LOSABLE,
        retry: 'Connect now',
      };
    case 'refused':
      return {
        tone: 'danger',
        short: saving.edits === 0 ? 'Not connected' : `${edits(saving.edits)} not sent`,
        long: [REFUSALS[saving.why], saving.edits > 0 ? keeping(saving) : ''].join(' ').trim(),
        retry: 'Try again',
      };
  }
}

const LOSABLE =
  'This browser does not let the page keep anything, so what you write while offline would be lost on closing this tab. Keep it open until “Saved” stands here again.';

const SLOW = 'The server has not stored them yet, and goes on trying.';

function keeping({ kept }: { kept: boolean }): string {
  return kept
    ? 'Your words are kept in this browser.'
    : 'Your words are in this tab only: keep it open.';
}

function edits(count: number): string {
  return count === 1 ? '1 edit' : `${count} edits`;
}
