/** The calls about recordings. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';

type Schemas = components['schemas'];

export type RecordingChange = Schemas['RecordingChange'];
export type RecordingLink = Schemas['RecordingLink'];

const at = (id: string) => ({ path: { id } });
const TUS = { 'Tus-Resumable': '1.0.0' } as const;

export const calls = {
  recording: (id: string) =>
    answer(api.GET('/postmortems/{id}/recording/details', { params: at(id) })),
  cues: (id: string) => answer(api.GET('/postmortems/{id}/recording/cues', { params: at(id) })),
  change: (id: string, etag: string, body: RecordingChange) =>
    answer(
      api.PATCH('/postmortems/{id}/recording/details', {
        params: { ...at(id), header: { 'If-Match': `"${etag}"` } },
        body,
      }),
    ),
  link: (id: string, body: RecordingLink) =>
    answer(api.POST('/postmortems/{id}/recording/link', { params: at(id), body })),
  remove: (id: string) => api.DELETE('/postmortems/{id}/recording', { params: at(id) }),
  cancel: (id: string, upload: string) =>
    api.DELETE('/postmortems/{id}/recording/uploads/{upload}', {
      params: { path: { id, upload }, header: TUS },
    }),
  offTheRecord: (id: string, from: number, until: number) =>
    answer(
      api.POST('/postmortems/{id}/recording/passages', { params: at(id), body: { from, until } }),
    ),
  /** As it is: a file is no JSON. */
  transcript: (id: string, body: string) =>
    answer(
      api.PUT('/postmortems/{id}/recording/transcript', {
        params: at(id),
        body,
        bodySerializer: (text: string) => text,
        headers: { 'Content-Type': 'text/vtt' },
      }),
    ),
  removeTranscript: (id: string) =>
    api.DELETE('/postmortems/{id}/recording/transcript', { params: at(id) }),
  linkCue: (id: string, position: number, entry: string | null) =>
    api.POST('/postmortems/{id}/recording/cues/{position}/entry', {
      params: { path: { id, position } },
      body: { entry },
    }),
};
