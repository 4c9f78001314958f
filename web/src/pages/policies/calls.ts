/** The calls that only the page of policies makes. */
import { answer, api, tagged } from '#api/client.ts';
import type { Policies, PolicyTrial } from './policies.ts';

export const calls = {
  policies: () => tagged(api.GET('/policies')),
  save: (etag: string, body: Policies) =>
    tagged(api.PUT('/policies', { params: { header: { 'If-Match': etag } }, body })),
  try: (body: Policies, signal?: AbortSignal): Promise<PolicyTrial[]> =>
    answer(api.POST('/policies/trial', { body, ...(signal && { signal }) })),
  handbooks: async () => (await answer(api.GET('/handbooks'))).items,
};
