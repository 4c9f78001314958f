import { answer, api } from '#api/client.ts';
import type { Feedback, FeedbackKind } from '#api/types.ts';

const at = (id: string) => ({ params: { path: { id } } });
const one = (id: string, { id: feedback, etag }: Feedback) => ({
  params: { path: { id, feedback }, header: { 'If-Match': `"${etag}"` } },
});

export interface Said {
  readonly at: number;
  readonly kind: FeedbackKind;
  readonly text: string;
}

export const calls = {
  list: (id: string) => answer(api.GET('/postmortems/{id}/recording/feedback', at(id))),
  give: (id: string, body: Said) =>
    answer(api.POST('/postmortems/{id}/recording/feedback', { ...at(id), body })),
  change: (id: string, it: Feedback, body: Said) =>
    answer(api.PATCH('/postmortems/{id}/recording/feedback/{feedback}', { ...one(id, it), body })),
  withdraw: (id: string, it: Feedback) =>
    api.DELETE('/postmortems/{id}/recording/feedback/{feedback}', one(id, it)),
  answer: (id: string, it: Feedback, kind: 'thanks' | 'adopted', text: string) =>
    answer(
      api.PUT('/postmortems/{id}/recording/feedback/{feedback}/answer', {
        ...one(id, it),
        body: { kind, text },
      }),
    ),
  /** Makes a proposal for the handbook of what was adopted. */
  propose: (of: string) =>
    answer(api.POST('/process/proposals', { body: { from: 'feedback', of } })),
  askOthers: (id: string) => api.POST('/postmortems/{id}/recording/feedback/requests', at(id)),
  askedOfMe: async () => (await answer(api.GET('/feedback-requests'))).items,
  settle: (postmortem: string, state: 'done' | 'declined') =>
    api.PUT('/feedback-requests/{postmortem}', {
      params: { path: { postmortem } },
      body: { state },
    }),
};

/** How people call each person. */
export async function names(): Promise<(person: string) => string> {
  const { items } = await answer(api.GET('/people'));
  const all = new Map(items.map(({ id, name }) => [id, name]));
  return (person) => all.get(person) ?? 'Somebody who has left';
}
