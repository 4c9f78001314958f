/** The calls about the tickets of a room's actions. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';

type Choice = components['schemas']['TicketChoice'];

const at = (id: string, action: string) => ({ params: { path: { id, action } } });

export const calls = {
  tickets: (id: string) =>
    answer(api.GET('/postmortems/{id}/tickets', { params: { path: { id } } })),
  ask: (id: string, action: string, tracker: string, ticket?: string) =>
    answer(
      api.POST('/postmortems/{id}/actions/{action}/ticket', {
        ...at(id, action),
        body: { tracker, ...(ticket && { ticket }) },
      }),
    ),
  letGo: (id: string, action: string) =>
    api.DELETE('/postmortems/{id}/actions/{action}/ticket', at(id, action)),
  choose: (id: string, action: string, body: Choice) =>
    api.POST('/postmortems/{id}/actions/{action}/ticket/choice', { ...at(id, action), body }),
};
