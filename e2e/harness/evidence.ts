import type { Person } from './people.ts';

/** An event as a program reports it. */
export interface Reported {
  readonly id: string;
  readonly kind: 'alert' | 'change' | 'ticket' | 'message' | 'page' | 'note';
  readonly at: string;
  readonly title: string;
  readonly service?: string;
  readonly source?: string;
  readonly [more: string]: unknown;
}

export async function report(person: Person, events: readonly Reported[]): Promise<void> {
  await person.api.must(202, 'POST', '/events', events);
}

/** When the incident of the story began. */
const STARTED = Date.parse('2026-03-01T18:30:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const before = (length: number) => new Date(STARTED - length).toISOString();
const after = (length: number) => before(-length);

const service = 'checkout';

/** An alert that fires and is resolved some minutes later. */
function fired(name: string, title: string, from: string, minutes: number): Reported[] {
  const of = { kind: 'alert', service, source: 'alertmanager', title, fingerprint: name } as const;
  const until = new Date(Date.parse(from) + minutes * MINUTE).toISOString();
  return [
    { ...of, id: `${name}-${from}`, at: from, state: 'firing', severity: 'warning' },
    { ...of, id: `${name}-${until}`, at: until, state: 'resolved', severity: 'warning' },
  ];
}

/**
 * What the tools say about an incident of checkout on 1 March 2026 from 18:30Z to 20:05Z: its
 * alert, which also fired six days before; one that flaps; deploys; tickets; and an alert of each
 * night that means nothing.
 */
export function evidence(): Reported[] {
  const nights = Array.from({ length: 60 }, (_, day) =>
    fired('backup', 'Backup is slow', before(day * DAY + 15 * HOUR), 20),
  );
  const flapping = Array.from({ length: 7 }, (_, at) =>
    fired('latency', 'Check-out is slow', after((10 + at * 5) * MINUTE), 2),
  );
  return [
    ...nights.flat(),
    ...flapping.flat(),
    ...fired('queue', 'Payment queue grows', before(6 * DAY), 4),
    ...fired('queue', 'Payment queue grows', after(4 * MINUTE), 80),
    {
      id: 'deploy-480',
      kind: 'change',
      at: before(9 * MINUTE),
      title: 'Deployed checkout 480 to production',
      service,
      source: 'deployer',
      actor: 'ada',
      url: 'https://deploys.example.org/480',
      token: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    },
    {
      id: 'ticket-1',
      kind: 'ticket',
      at: after(12 * MINUTE),
      title: 'Ticket #1: Check-out fails, paid twice',
      service,
      source: 'help-desk',
    },
    {
      id: 'ticket-2',
      kind: 'ticket',
      at: after(15 * MINUTE),
      title: 'Ticket #2: Cannot pay',
      service,
      source: 'help-desk',
    },
  ];
}
