/** The calls about input. */
import { answer, api } from '#api/client.ts';
import type { InputAsk } from '#api/types.ts';

const at = (id: string) => ({ path: { id } });

export const calls = {
  input: (id: string) => answer(api.GET('/postmortems/{id}/input', { params: at(id) })),
  ask: (id: string, asks: InputAsk[]) =>
    answer(api.POST('/postmortems/{id}/input/requests', { params: at(id), body: { asks } })),
};
