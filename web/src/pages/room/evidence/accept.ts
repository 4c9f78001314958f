import { get } from 'svelte/store';
import type { EntryDraft } from '#api/types.ts';
import type { Json } from '#lib/record/edit.ts';
import type { RoomPage } from '../room.svelte.ts';
import { addEntries, momentOf } from '../timeline/entries.ts';

/** Makes entries of drafts, each citing its event: one edit, one step of undo. */
export async function accept(
  { room }: RoomPage,
  drafts: readonly EntryDraft[],
): Promise<readonly string[]> {
  const { richFromMarkdown } = await import('#lib/editor/markdown.ts');
  const entries = drafts.map(({ kind, lane, who, text, evidence, ...moment }) => ({
    ...momentOf(moment),
    kind,
    lane,
    who: who ?? null,
    text: richFromMarkdown(text),
    evidence: evidence.map(citation),
  }));
  room.undo.step();
  const added = addEntries(room.doc, get(room.record.entries), entries);
  room.undo.step();
  return added;
}

/** An evidence link as the record keeps it: what is absent has no key. */
function citation(link: EntryDraft['evidence'][number]): Json {
  const present = Object.entries(link).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return Object.fromEntries(present);
}
