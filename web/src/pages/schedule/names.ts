import type { Appointment, Invitee, Person } from '#api/types.ts';

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** The names of these people, as a list within a sentence. */
export function names(ids: readonly string[], people: readonly Person[]): string {
  return LIST.format(ids.map((id) => people.find((it) => it.id === id)?.name ?? ''));
}

/**
 * Ids of those who are invited and asked to none of the calls that stand: they come to another
 * session, or give their input in writing. Nobody while there is no call.
 */
export function askedToNone(
  invitees: readonly Pick<Invitee, 'person'>[],
  calls: readonly Pick<Appointment, 'state' | 'attendances'>[],
): string[] {
  const standing = calls.filter(({ state }) => state === 'standing');
  if (standing.length === 0) return [];
  const asked = new Set(standing.flatMap((it) => it.attendances.map(({ person }) => person)));
  return invitees.map(({ person }) => person).filter((person) => !asked.has(person));
}
