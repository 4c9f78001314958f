import { answer, api } from '#api/client.ts';
import { turningPoints } from '#lib/analysis/turning-points.ts';
import { disciplineLabel } from '#lib/disciplines.ts';
import { openQuestions, silentDisciplines } from '#lib/facilitators/open-questions.ts';
import { momentsOf } from '#lib/facilitators/read-record.ts';
import { session } from '#lib/session.svelte.ts';

const at = (id: string) => ({ params: { path: { id } } });

/** All that whoever leads a meeting wants to know beforehand. */
export async function load(id: string) {
  const [preparation, record, postmortem, people, handbook] = await Promise.all([
    answer(api.GET('/postmortems/{id}/preparation', at(id))),
    answer(api.GET('/postmortems/{id}/record', at(id))),
    answer(api.GET('/postmortems/{id}', at(id))),
    answer(api.GET('/people')),
    handbookOf(id),
  ]);
  const timeline = momentsOf(record.timeline);
  const entries = new Map(record.timeline.map((entry) => [entry.id, entry]));
  const chosen = record.analysis.filter(({ kind }) => kind === 'moment');
  const names = new Map(people.items.map(({ id: person, name }) => [person, name]));
  const analysis = record.analysis.map((node) => ({
    ...node,
    parent: node.parent ?? null,
    also: node.also ?? [],
  }));
  return {
    preparation,
    postmortem,
    handbook,
    timeline,
    open: openQuestions(timeline, analysis),
    chosen: chosen.map(({ id: node, text, entries: [first = ''] }) => ({
      id: node,
      text: text || entries.get(first)?.text || 'A turning point',
    })),
    suggested: turningPoints(timeline, {
      startedAt: postmortem.incident.started_at,
      lane: (slug) => disciplineLabel(session.disciplines, slug),
      chosen: new Set(chosen.flatMap(({ entries: about }) => about)),
    }),
    silent: silentDisciplines(session.disciplines, record.timeline),
    nameOf: (person: string) => names.get(person) ?? 'Somebody who has left',
  };
}

/** The handbook that the meeting follows, or the first that there is. */
async function handbookOf(id: string) {
  const [meeting, handbooks] = await Promise.all([
    answer(api.GET('/postmortems/{id}/meeting', at(id))),
    answer(api.GET('/handbooks')),
  ]);
  const first = handbooks.items.find(({ retired_at }) => !retired_at);
  const chosen = meeting.handbook?.id ?? first?.id;
  if (chosen === undefined) return undefined;
  return (await answer(api.GET('/handbooks/{id}', at(chosen)))).handbook;
}

export type Prepared = Awaited<ReturnType<typeof load>>;
