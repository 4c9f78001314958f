/** The calls that only the page of actions makes. */
import { answer, api } from '#api/client.ts';
import type { components, paths } from '#api/schema.ts';
import type { ActionState } from '#api/types.ts';

type Schemas = components['schemas'];
type Asked = NonNullable<paths['/actions']['get']['parameters']['query']>;

const at = (id: string) => ({ path: { id } });
const match = (etag: string) => ({ 'If-Match': etag });

export const calls = {
  actions: (query: Asked) => answer(api.GET('/actions', { params: { query } })),
  people: () => answer(api.GET('/people')),
  setState: (
    postmortem: string,
    action: { readonly id: string; readonly etag: string },
    body: { readonly state: ActionState; readonly reason?: string },
  ) =>
    answer(
      api.PATCH('/postmortems/{id}/actions/{item}', {
        params: {
          path: { id: postmortem, item: action.id },
          header: match(action.etag),
        },
        body,
      }),
    ),
  filters: () => answer(api.GET('/action-filters')),
  keepFilter: (body: Schemas['NewActionFilter']) => answer(api.POST('/action-filters', { body })),
  renameFilter: (id: string, etag: string, name: string) =>
    answer(
      api.PATCH('/action-filters/{id}', {
        params: { ...at(id), header: match(etag) },
        body: { name },
      }),
    ),
  removeFilter: (id: string) => api.DELETE('/action-filters/{id}', { params: at(id) }),
};
