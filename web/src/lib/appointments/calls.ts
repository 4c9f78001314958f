import { answer, api } from '#api/client.ts';
import type { Appointment, Attending } from '#api/types.ts';

const one = ({ id, etag }: Appointment) => ({
  params: { path: { id }, header: { 'If-Match': `"${etag}"` } },
});

/** What is to be different about a call. */
export interface CallChange {
  readonly starts_at: string;
  readonly minutes: number;
  readonly call_url: string | null;
  readonly recorded: boolean;
}

export const calls = {
  list: (postmortem: string) =>
    answer(api.GET('/postmortems/{id}/appointments', { params: { path: { id: postmortem } } })),
  answer: ({ id }: Appointment, body: { answer: Attending; note: string }) =>
    answer(api.PUT('/appointments/{id}/answer', { params: { path: { id } }, body })),
  change: (call: Appointment, body: CallChange) =>
    answer(api.PATCH('/appointments/{id}', { ...one(call), body })),
  cancel: (call: Appointment) => api.DELETE('/appointments/{id}', one(call)),
};
