import type { Change } from '../calls.ts';

const PARTS: Readonly<Record<string, string>> = {
  timeline: 'Record',
  analysis: 'Analysis',
  themes: 'Themes',
  actions: 'Actions',
  prose: 'Texts',
};

const WORDS: Readonly<Record<string, string>> = {
  added: 'added',
  changed: 'changed',
  deleted: 'deleted',
  restored: 'brought back',
};

const FIELDS: Readonly<Record<string, string>> = {
  at: 'time',
  until: 'end of the range',
  typed: 'time as typed',
  lane: 'whose view',
  done_when: 'done when',
  entries: 'moments',
  nodes: 'where it comes from',
  beside: 'stands beside',
  tag: 'what it made hard',
  also: 'where it stands, too',
  signal: 'what was the matter with the signal',
  needed_by: 'who needed it',
  needed: 'what was needed',
  was_at: 'where it was',
  candidate: 'whether it is a cluster only',
  proposed: 'whether it is only proposed',
  asked: 'question that it answers',
  reason: 'reason',
};

export function partName(part: string): string {
  return PARTS[part] ?? part;
}

export function describe({ change }: Pick<Change, 'change'>): string {
  return WORDS[change] ?? change;
}

export function fieldName(field: string): string {
  return FIELDS[field] ?? field.replaceAll('_', ' ');
}

/** A value as it is read; what has no words of its own is shown as it is stored. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'object') {
    const { text, title, url } = value as Record<string, unknown>;
    const words = [title, text, url].find((part) => typeof part === 'string' && part !== '');
    return typeof words === 'string' ? words : JSON.stringify(value);
  }
  return String(value);
}
