import type { Postmortem } from '#api/types.ts';
import { keptAnswers } from './answers.ts';

/** Where the heads of the post-mortems that were open in this browser are kept. */
export const HEADS = 'postmortem/';

/** The post-mortems that open without the server, latest incident first. */
export async function keptHeads(): Promise<Postmortem[]> {
  const heads = await keptAnswers<Postmortem>(HEADS);
  return heads.sort((a, b) => b.incident.started_at.localeCompare(a.incident.started_at));
}
