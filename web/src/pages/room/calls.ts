/** The calls that only the room makes. */
import { answer, api } from '#api/client.ts';
import type { components, paths } from '#api/schema.ts';
import type { Postmortem, Publication } from '#api/types.ts';

type Schemas = components['schemas'];

/** What has to be answered before a time can be read, with the moments that may be meant. */
export type TimeQuestion = Schemas['TimeQuestion'];
export type PastePreview = Schemas['Pasted'];
export type PastedRow = Schemas['PastedRow'];
export type Version = Schemas['Version'];
export type Change = Schemas['Change'];
export type PostmortemPatch = Schemas['PostmortemChange'];

export type RecordThen = Pick<
  Publication,
  'timeline' | 'analysis' | 'themes' | 'actions' | 'prose'
>;

type TypedText = paths['/times']['post']['requestBody']['content']['application/json'];
type Naming = Postmortem['naming'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  postmortem: (id: string, signal: AbortSignal) =>
    answer(api.GET('/postmortems/{id}', { params: at(id), signal })),
  steer: (id: string, etag: string, body: PostmortemPatch) =>
    answer(
      api.PATCH('/postmortems/{id}', {
        params: { ...at(id), header: { 'If-Match': etag } },
        body,
      }),
    ),
  policy: (id: string) => answer(api.GET('/postmortems/{id}/policy', { params: at(id) })),
  readTime: (body: TypedText) => answer(api.POST('/times', { body })),
  paste: (id: string, body: Schemas['Paste']) =>
    answer(api.POST('/postmortems/{id}/paste', { params: at(id), body })),
  history: (id: string) => answer(api.GET('/postmortems/{id}/record/history', { params: at(id) })),
  recordAt: (id: string, version: number): Promise<RecordThen> =>
    answer(api.GET('/postmortems/{id}/record', { params: { ...at(id), query: { version } } })),
  changes: (id: string, from: number, to: number) =>
    answer(
      api.GET('/postmortems/{id}/record/changes', { params: { ...at(id), query: { from, to } } }),
    ),
  authors: (id: string) => answer(api.GET('/postmortems/{id}/record/authors', { params: at(id) })),
  preview: (id: string, naming: Naming) =>
    answer(
      api.GET('/postmortems/{id}/publication', {
        params: { ...at(id), query: { preview: naming } },
      }),
    ),
  publish: (id: string, naming: Naming, tell_again: boolean) =>
    answer(
      api.POST('/postmortems/{id}/publication', { params: at(id), body: { naming, tell_again } }),
    ),
  unpublish: (id: string) => api.DELETE('/postmortems/{id}/publication', { params: at(id) }),
};
