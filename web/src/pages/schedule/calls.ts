import { answer, api } from '#api/client.ts';
import type { HourWishKind } from '#api/types.ts';

const at = (id: string) => ({ path: { id } });

export const calls = {
  postmortem: (id: string) => answer(api.GET('/postmortems/{id}', { params: at(id) })),
  people: async () => (await answer(api.GET('/people'))).items,
  hours: (id: string, minutes: number) =>
    answer(api.GET('/postmortems/{id}/hours', { params: { ...at(id), query: { minutes } } })),
  calls: (id: string) => answer(api.GET('/postmortems/{id}/appointments', { params: at(id) })),
  invitees: (id: string) => answer(api.GET('/postmortems/{id}/invitees', { params: at(id) })),
  invite: (id: string, person: string, needed: boolean) =>
    answer(
      api.PUT('/postmortems/{id}/invitees/{person}', {
        params: { path: { id, person } },
        body: { needed },
      }),
    ),
  inviteByPolicy: (id: string) =>
    answer(api.POST('/postmortems/{id}/invitees/by-policy', { params: at(id) })),
  uninvite: (id: string, person: string) =>
    api.DELETE('/postmortems/{id}/invitees/{person}', { params: { path: { id, person } } }),
  wish: (id: string, starts_at: string, wish: HourWishKind, note: string) =>
    answer(
      api.PUT('/postmortems/{id}/hours/{starts_at}/wish', {
        params: { path: { id, starts_at } },
        body: { wish, note },
      }),
    ),
  takeBack: (id: string, starts_at: string) =>
    api.DELETE('/postmortems/{id}/hours/{starts_at}/wish', { params: { path: { id, starts_at } } }),
};
