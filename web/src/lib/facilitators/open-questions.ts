import type { TimelineMoment } from '../record/moments.ts';
import type { AnalysisNode, Entry } from '../record/types.ts';

type Asked = Pick<AnalysisNode, 'id' | 'kind' | 'parent' | 'also'>;

/** What a record leaves open. */
export interface OpenQuestions<Node> {
  /** Moments of which more than one account stands side by side. */
  readonly accounts: readonly TimelineMoment[];
  /** Entries of which nobody knows yet when they were. */
  readonly untimed: readonly Entry[];
  /** Questions below which nothing stands. */
  readonly unanswered: readonly Node[];
}

export function openQuestions<Node extends Asked>(
  timeline: readonly TimelineMoment[],
  analysis: readonly Node[],
): OpenQuestions<Node> {
  const answered = new Set(analysis.flatMap(({ parent, also }) => [parent ?? '', ...also]));
  const entries = timeline.flatMap(({ head, views }) => [head, ...views]);
  return {
    accounts: timeline.filter(({ views }) => views.length > 0),
    untimed: entries.filter(({ at }) => at === null),
    unanswered: analysis.filter(({ id, kind }) => kind === 'question' && !answered.has(id)),
  };
}

/** The disciplines of which no entry tells. */
export function silentDisciplines<D extends { readonly slug: string }>(
  disciplines: readonly D[],
  timeline: readonly { readonly lane: string }[],
): readonly D[] {
  const heard = new Set(timeline.map(({ lane }) => lane));
  return disciplines.filter(({ slug }) => slug !== 'other' && !heard.has(slug));
}
