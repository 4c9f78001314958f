import type { Answer } from '#api/types.ts';

export type Purpose = 'on_it' | 'done' | 'new_date' | 'declined';

/** What the page asks before it changes anything, and what the button does. */
export const ASKS: Readonly<Record<Purpose, { title: string; does: string; button: string }>> = {
  on_it: {
    title: 'Are you on it?',
    does: 'The action will say that it is being done.',
    button: 'Yes, I am on it',
  },
  done: {
    title: 'Is it done?',
    does: 'The action will be marked as done.',
    button: 'Yes, it is done',
  },
  new_date: {
    title: 'By when will it be done?',
    does: 'The action will be due on the day that you choose.',
    button: 'Set this date',
  },
  declined: {
    title: 'Why will it not be done?',
    does: 'The action will be marked as not to be done, with your reason for everybody to read.',
    button: 'It will not be done',
  },
};

/** The question of a link; one that asks nothing has none. */
export function askOf(purpose: Answer['purpose']) {
  return Object.hasOwn(ASKS, purpose) ? ASKS[purpose as Purpose] : undefined;
}
