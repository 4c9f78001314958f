import type { ImportedEvents } from '#api/types.ts';

/** What became of a file, in a sentence or two. */
export function told({ events, known, skipped, more_skipped }: ImportedEvents): string {
  const left = skipped.length + more_skipped;
  return [taken(events, events - known), left > 0 ? leftOut(left) : ''].filter(Boolean).join(' ');
}

function taken(events: number, fresh: number): string {
  if (events === 0) return 'Nothing in this file is an event.';
  if (fresh === 0)
    return `All ${count(events, 'event')} were here already; nothing is stored twice.`;
  const known = events - fresh;
  const before =
    known > 0 ? `; ${number(known)} more ${known === 1 ? 'was' : 'were'} here already` : '';
  return `${count(fresh, 'event')} came in${before}.`;
}

function leftOut(left: number): string {
  return left === 1
    ? 'One could not be read and was left out.'
    : `${number(left)} could not be read and were left out.`;
}

function count(many: number, thing: string): string {
  return many === 1 ? `1 ${thing}` : `${number(many)} ${thing}s`;
}

function number(many: number): string {
  return many.toLocaleString('en-GB');
}
