/** The calls that only the evidence beside the record makes. */
import { answer, api } from '#api/client.ts';

export interface Wanted {
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
  readonly kind?: 'alert' | 'change' | 'ticket' | 'message' | 'page' | 'note';
}

const at = (id: string) => ({ path: { id } });

export const calls = {
  proposals: (id: string, query: Wanted) =>
    answer(api.GET('/postmortems/{id}/proposals', { params: { ...at(id), query } })),
  health: (id: string) => answer(api.GET('/postmortems/{id}/evidence-health', { params: at(id) })),
  lookBack: (id: string, window: string) =>
    answer(api.GET('/postmortems/{id}/lookback', { params: { ...at(id), query: { window } } })),
};
