/** The calls that only the page of sources makes. */
import { answer, api } from '#api/client.ts';
import type { components, paths } from '#api/schema.ts';

type Schemas = components['schemas'];
export type NewSource = Schemas['NewSource'];
type SourceChange = paths['/sources/{id}']['patch']['requestBody']['content']['application/json'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  sources: () => answer(api.GET('/sources')),
  vendors: () => answer(api.GET('/vendors')),
  page: (name: string) => answer(api.GET('/source-pages/{name}', { params: { path: { name } } })),
  maskRules: () => answer(api.GET('/mask-rules')),
  add: (body: NewSource) => answer(api.POST('/sources', { body })),
  change: (id: string, etag: string, body: SourceChange) =>
    answer(
      api.PATCH('/sources/{id}', { params: { ...at(id), header: { 'If-Match': etag } }, body }),
    ),
  remove: (id: string) => api.DELETE('/sources/{id}', { params: at(id) }),
  troubles: (id: string) => answer(api.GET('/sources/{id}/troubles', { params: at(id) })),
  replay: (id: string, trouble: string) =>
    answer(
      api.POST('/sources/{id}/troubles/{trouble}/replay', { params: { path: { id, trouble } } }),
    ),
  corrections: (id: string) =>
    answer(api.GET('/sources/{id}/clock-corrections', { params: at(id) })),
  correct: (id: string, body: Schemas['NewCorrection']) =>
    answer(api.POST('/sources/{id}/clock-corrections', { params: at(id), body })),
  takeBack: (id: string, correction: string) =>
    api.DELETE('/sources/{id}/clock-corrections/{correction}', {
      params: { path: { id, correction } },
    }),
};
