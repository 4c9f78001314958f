import { answer, api } from '#api/client.ts';
import type { Facilitator, SeatName, TrainingStep } from '#api/types.ts';

const at = (id: string) => ({ path: { id } });
const seatAt = (id: string, { id: seat, etag }: OfSeat) => ({
  params: { path: { id, seat }, header: { 'If-Match': `"${etag}"` } },
});

/** What a seat's own calls need of it. */
interface OfSeat {
  readonly id: string;
  readonly etag: string;
}

export const calls = {
  roster: async () => (await answer(api.GET('/facilitators'))).items,
  join: () => answer(api.POST('/facilitators')),
  leave: (person: string) => api.DELETE('/facilitators/{person}', { params: { path: { person } } }),
  away: ({ person, etag }: Facilitator, until: string | null) =>
    answer(
      api.PUT('/facilitators/{person}/availability', {
        params: { path: { person }, header: { 'If-Match': `"${etag}"` } },
        body: { away_until: until },
      }),
    ),
  note: (person: string, step: TrainingStep) =>
    answer(api.PUT('/facilitators/{person}/steps/{step}', { params: { path: { person, step } } })),
  mine: () => answer(api.GET('/facilitating')),
  seats: (id: string) => answer(api.GET('/postmortems/{id}/seats', { params: at(id) })),
  suggestions: async (id: string, seat: SeatName) =>
    (
      await answer(
        api.GET('/postmortems/{id}/seats/suggestions', { params: { ...at(id), query: { seat } } }),
      )
    ).items,
  ask: (id: string, seat: SeatName, person: string) =>
    answer(api.POST('/postmortems/{id}/seats', { params: at(id), body: { seat, person } })),
  answer: (id: string, seat: OfSeat, given: 'accept' | 'decline') =>
    answer(
      api.PUT('/postmortems/{id}/seats/{seat}/answer', {
        ...seatAt(id, seat),
        body: { answer: given },
      }),
    ),
  handOver: (id: string, seat: OfSeat, to: string) =>
    answer(
      api.POST('/postmortems/{id}/seats/{seat}/handover', { ...seatAt(id, seat), body: { to } }),
    ),
  withdraw: (id: string, seat: OfSeat) =>
    api.DELETE('/postmortems/{id}/seats/{seat}', seatAt(id, seat)),
};
