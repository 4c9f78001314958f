import { answer, api } from '#api/client.ts';
import type { Event } from '#api/types.ts';

/** Events do not change, so that each is asked for once; a question that failed is asked again. */
const asked = new Map<string, Promise<Event>>();

export function eventOf(id: string): Promise<Event> {
  const known = asked.get(id);
  if (known !== undefined) return known;
  const asking = answer(api.GET('/events/{id}', { params: { path: { id } } }));
  asked.set(id, asking);
  asking.catch(() => asked.delete(id));
  return asking;
}

export function messageOf(id: string) {
  return answer(api.GET('/events/{id}/message', { params: { path: { id } } }));
}
