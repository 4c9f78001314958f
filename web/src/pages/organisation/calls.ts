/** The calls that only the page of teams and services makes. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';
import type { How } from './importing.ts';

type Schemas = components['schemas'];

export type Team = Schemas['Team'];
export type Service = Schemas['Service'];
export type OrganisationReport = Schemas['ImportedOrganisation'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  teams: () => answer(api.GET('/teams')),
  services: () => answer(api.GET('/services')),
  people: async () => (await answer(api.GET('/people'))).items,
  add: (body: Schemas['TeamToAdd']) => answer(api.POST('/teams', { body })),
  change: (id: string, etag: string, body: Schemas['TeamChange']) =>
    answer(api.PATCH('/teams/{id}', { params: { ...at(id), header: { 'If-Match': etag } }, body })),
  remove: (id: string) => api.DELETE('/teams/{id}', { params: at(id) }),
  own: (name: string, team: string | null) =>
    answer(api.PUT('/services/{name}', { params: { path: { name } }, body: { team } })),
  forget: (name: string) => api.DELETE('/services/{name}', { params: { path: { name } } }),
  import: (text: string, how: How, dryRun: boolean): Promise<OrganisationReport> =>
    answer(
      api.POST('/import/organisation', {
        params: { query: { ...how, dry_run: dryRun } },
        headers: { 'Content-Type': 'text/plain' },
        body: text,
        bodySerializer: (body: unknown) => body as string,
      }),
    ),
};
