import type { HandbookChange } from '#api/types.ts';

const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  when: 'when it fits',
  before: 'beforehand',
  after: 'afterwards',
  signs: 'signs and moves',
  title: 'title',
  part: 'part of the meeting',
  minutes: 'minutes',
  purpose: 'purpose',
  say: 'what to say',
  prompts: 'questions',
  checks: 'checks',
  lens: 'findings about',
};

/** A field of a handbook as people call it. */
export function fieldName(field: string): string {
  return FIELDS[field] ?? field;
}

const PARTS: Readonly<Record<HandbookChange['part'], string>> = {
  handbook: 'Handbook',
  step: 'Step',
  prompts: 'Prompt cards',
};

export function partName(part: HandbookChange['part']): string {
  return PARTS[part];
}

/** What happened to a part, where it is more than new words. */
export function happened({ kind, from, to }: HandbookChange): string {
  switch (kind) {
    case 'added':
      return `added, now number ${to}`;
    case 'removed':
      return `removed, was number ${from}`;
    case 'moved':
      return `moved from ${from} to ${to}`;
    case 'changed':
      return 'changed';
  }
}
