/** Sending post-mortems, and the words for what becomes of them. */
import { answer, api } from '#api/client.ts';
import type { ImportReport } from '#api/types.ts';
import { counted } from '#lib/counted.ts';
import type { FileState, Unsaid } from './importing.svelte.ts';

type Taken = ImportReport['taken'][number];
type Asked = ImportReport['asked'][number];

/** Sends a file to the route of its form. */
export async function send(file: File, unsaid: Unsaid, dryRun: boolean): Promise<ImportReport> {
  const body = await file.text();
  const asText = { body, bodySerializer: (text: unknown) => text as string };
  if (/\.json$/i.test(file.name)) {
    const headers = { 'Content-Type': 'application/json' };
    const params = { query: { dry_run: dryRun } };
    return answer(api.POST('/import/json', { params, headers, ...asText }));
  }
  const zone = unsaid.zone.trim();
  const query = {
    name: file.name,
    dry_run: dryRun,
    ...(zone && { zone }),
    ...(unsaid.date && { date: unsaid.date }),
  };
  const headers = { 'Content-Type': 'text/markdown' };
  return answer(api.POST('/import/markdown', { params: { query }, headers, ...asText }));
}

export const STATES: Readonly<Record<FileState, string>> = {
  waiting: 'waits',
  looking: 'is read …',
  ready: 'ready',
  existing: 'here already',
  'left-out': 'left out',
  importing: 'is imported …',
  imported: 'imported',
  failed: 'not imported',
};

const ORDER: readonly Taken['what'][] = [
  'timeline',
  'analysis',
  'themes',
  'actions',
  'summary',
  'background',
  'learned',
  'title',
  'incident',
  'severity',
  'services',
];

/** What was taken, in one line: "12 entries, 3 findings, the summary". */
export function takenInShort(taken: readonly Taken[]): string {
  const counts = new Map<Taken['what'], number>();
  for (const { what, count } of taken) counts.set(what, (counts.get(what) ?? 0) + count);
  const parts = ORDER.filter((what) => counts.has(what)).map((what) =>
    named(what, counts.get(what) ?? 0),
  );
  return parts.join(', ');
}

/** One thing that was taken, in words. */
export function named(what: Taken['what'], count: number): string {
  switch (what) {
    case 'timeline':
      return count === 1 ? '1 entry' : `${count.toLocaleString('en-GB')} entries`;
    case 'analysis':
      return counted(count, 'finding');
    case 'themes':
      return counted(count, 'theme');
    case 'actions':
      return counted(count, 'action');
    case 'services':
      return counted(count, 'service');
    case 'incident':
      return 'times of the incident';
    case 'learned':
      return 'what was learned';
    default:
      return `the ${what}`;
  }
}

/** How to say that something else is meant, once it is in the room. */
export const CORRECT = 'If that is wrong, correct it in the room.';

/** The same while nothing is stored. */
export function remedy({ settle }: Asked): string {
  switch (settle) {
    case 'zone':
      return 'If that is wrong, name the time zone above, or correct it in the room.';
    case 'date':
      return 'If that is wrong, give the day above, or correct it in the room.';
    default:
      return CORRECT;
  }
}

/** Where something stands in its file. */
export function place(line: number): string {
  return line > 0 ? `Line ${line.toLocaleString('en-GB')}` : 'The file';
}
