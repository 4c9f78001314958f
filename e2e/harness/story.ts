import { openPostmortem, type Person } from './people.ts';

export const WITHHELD = 'the pager lay switched off in a drawer';

/** A small post-mortem with something in every part, written by a program. */
export async function tellStory(by: Person): Promise<string> {
  const id = await openPostmortem(by, 'Check-out fails for one in five');
  const add = (part: string, item: object) => by.api.post(`/postmortems/${id}/${part}`, item);
  const warned = await add('timeline', {
    at: '2026-03-01T18:43:00Z',
    text: `${by.name} noticed the warning on the [dashboard](https://example.com/d/1)`,
    kind: 'observed',
    lane: 'sre',
    who: by.id,
  });
  await add('timeline', {
    at: '2026-03-01T18:45:00Z',
    text: 'Two customers write that check-out spins for ever',
    kind: 'ticket',
    lane: 'support',
    beside: warned.id,
  });
  await add('timeline', {
    at: '2026-03-01T19:02:00Z',
    until: '2026-03-01T19:10:00Z',
    precision: 'range',
    text: 'Rolled back to the release of the morning',
    kind: 'did',
    lane: 'engineering',
  });
  const secret = await add('timeline', {
    at: '2026-03-01T18:50:00Z',
    text: WITHHELD,
    kind: 'note',
    lane: 'sre',
  });
  await by.api.must(
    200,
    'PATCH',
    `/postmortems/${id}/timeline/${secret.id}`,
    { withheld: true },
    { 'if-match': '*' },
  );
  const why = await add('analysis', {
    kind: 'question',
    text: 'How did the warning reach people?',
    entries: [warned.id],
  });
  await add('analysis', {
    kind: 'finding',
    parent: why.id,
    text: 'The warning looked like the ten that nobody has to act on',
    tag: 'sensing',
    system: 'alerting',
  });
  const theme = await add('themes', {
    title: 'Warnings that matter look like those that do not',
    text: 'Ten a day teach everybody to wait.',
    nodes: [why.id],
  });
  await add('actions', {
    title: 'Page on failed check-outs, not on queue length',
    done_when: 'a drill pages within two minutes',
    owner: by.id,
    due: '2026-04-01',
    theme: theme.id,
  });
  await by.api.must(
    200,
    'PUT',
    `/postmortems/${id}/prose/summary`,
    { text: 'For half an hour **one in five** customers could not pay.' },
    { 'if-match': '*' },
  );
  return id;
}
