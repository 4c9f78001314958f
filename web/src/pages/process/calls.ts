import { answer, api, tagged } from '#api/client.ts';
import type { HandbookProposal, HandbookSuggestion } from '#api/types.ts';

const one = ({ id, etag }: HandbookProposal) => ({
  params: { path: { id }, header: { 'If-Match': `"${etag}"` } },
});

export interface Change {
  readonly handbook?: string;
  readonly text?: string;
  readonly change?: HandbookSuggestion;
}

export const calls = {
  proposals: async () => (await answer(api.GET('/process/proposals'))).items,
  ideas: () => answer(api.GET('/process/ideas')),
  propose: (from: 'survey' | 'parked', of: string, postmortem: string) =>
    answer(api.POST('/process/proposals', { body: { from, of, postmortem } })),
  change: (proposal: HandbookProposal, body: Change) =>
    answer(api.PATCH('/process/proposals/{id}', { ...one(proposal), body })),
  decline: (proposal: HandbookProposal, reason: string) =>
    answer(api.PUT('/process/proposals/{id}/decline', { ...one(proposal), body: { reason } })),
  figures: (handbook: string, version?: number) =>
    answer(
      api.GET('/process/figures', {
        params: { query: { handbook, ...(version !== undefined && { version }) } },
      }),
    ),
  retrospective: () => tagged(api.GET('/process/retrospective')),
  close: (etag: string, decided: string, next_after: number) =>
    answer(
      api.POST('/process/retrospective', {
        params: { header: { 'If-Match': etag } },
        body: { decided, next_after },
      }),
    ),
};
