/** The calls that only the page of channels makes. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';

type Schemas = components['schemas'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  channels: () => answer(api.GET('/channels')),
  add: (body: Schemas['ChannelToAdd']) => answer(api.POST('/channels', { body })),
  change: (id: string, etag: string, body: Schemas['ChannelChange']) =>
    answer(
      api.PATCH('/channels/{id}', { params: { ...at(id), header: { 'If-Match': etag } }, body }),
    ),
  remove: (id: string) => api.DELETE('/channels/{id}', { params: at(id) }),
};
