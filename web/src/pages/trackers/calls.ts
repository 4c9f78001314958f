/** The calls that only the page of trackers makes. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';

type Schemas = components['schemas'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  trackers: () => answer(api.GET('/trackers')),
  vendors: () => answer(api.GET('/ticket-vendors')),
  people: () => answer(api.GET('/people', { params: { query: { limit: 200 } } })),
  add: (body: Schemas['NewTracker']) => answer(api.POST('/trackers', { body })),
  change: (id: string, etag: string, body: Schemas['TrackerChange']) =>
    answer(
      api.PATCH('/trackers/{id}', { params: { ...at(id), header: { 'If-Match': etag } }, body }),
    ),
  remove: (id: string) => api.DELETE('/trackers/{id}', { params: at(id) }),
};
