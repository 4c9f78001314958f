import { Api } from './api.ts';
import type { Server } from './server.ts';

export type Role = 'member' | 'facilitator' | 'admin';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly api: Api;
}

/** Adds a person by the command line, who can sign in by password and by token. */
export async function addPerson(
  server: Server,
  name: string,
  role: Role = 'member',
  discipline = 'other',
): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  const password = `the long password of ${name}`;
  const add = ['person', 'add', email, '--name', name, '--role', role, '--discipline', discipline];
  add.push('--password-stdin');
  await server.must(add, { input: password });
  const api = new Api(server, await server.must(['token', 'create', email]));
  const { person } = await api.get<{ person: { id: string } }>('/session');
  return { id: person.id, name, email, password, api };
}

/** Opens a post-mortem whose incident is over, so that analysis is open. */
export async function openPostmortem(person: Person, title: string): Promise<string> {
  const { id } = await person.api.post('/postmortems', {
    title,
    incident: {
      started_at: '2026-03-01T18:30:00Z',
      detected_at: '2026-03-01T18:43:00Z',
      stabilised_at: '2026-03-01T19:20:00Z',
      resolved_at: '2026-03-01T20:05:00Z',
    },
    severity: 'SEV2',
    services: ['checkout'],
  });
  return id;
}

/** Told at any hour: the tests run at any. */
const ALWAYS = { often: 'daily', hour: 0, quiet: null, mail: true, chat: null };

/** Saving when one wants to be told has it looked at once whether there is something to tell. */
export function remindNow(person: Person): Promise<unknown> {
  const path = `/people/${person.id}/reminders`;
  return person.api.must(200, 'PUT', path, ALWAYS, { 'if-match': '*' });
}
