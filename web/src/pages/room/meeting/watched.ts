import type { Visitor } from '#lib/record/presence.ts';
import type { Action, AnalysisNode, Entry, Theme } from '#lib/record/types.ts';
import type { Check } from './calls.ts';

/** What a check can be answered from. */
export interface Seen {
  readonly startedAt: string;
  readonly lookedBack: string | null;
  readonly entries: readonly Entry[];
  readonly nodes: readonly AnalysisNode[];
  readonly themes: readonly Theme[];
  readonly actions: readonly Action[];
  readonly visitors: readonly Visitor[];
  readonly labelOf: (discipline: string) => string;
}

/** What the product sees about a check: whether it is so, and in which words. */
export interface Sight {
  readonly met: boolean;
  readonly words: string;
}

const WEEK = 7 * 24 * 60 * 60 * 1000;
const MOST_THEMES = 3;

/** What can be told about a check without asking; null where nothing can. */
export function sight(watch: Check['watch'], seen: Seen): Sight | null {
  switch (watch) {
    case 'looked_back_a_week':
      return lookedBack(seen);
    case 'every_discipline_spoke':
      return everyDiscipline(seen);
    case 'turning_points_chosen':
      return turningPoints(seen);
    case 'themes_chosen':
      return themes(seen);
    case 'actions_are_owned':
      return owned(seen);
    default:
      return null;
  }
}

function lookedBack({ startedAt, lookedBack }: Seen): Sight {
  if (lookedBack === null) return { met: false, words: 'The room has not looked back yet.' };
  const met = Date.parse(startedAt) - Date.parse(lookedBack) >= WEEK;
  return {
    met,
    words: met ? 'The room has looked a week back.' : 'The room has looked back less than a week.',
  };
}

/** The disciplines of those who are here and of which nothing stands in the record yet. */
export function silentDisciplines({ visitors, entries }: Pick<Seen, 'visitors' | 'entries'>) {
  const spoke = new Set(entries.filter(({ deleted }) => !deleted).map(({ lane }) => lane));
  return [...new Set(visitors.map(({ discipline }) => discipline))].filter(
    (discipline) => !spoke.has(discipline),
  );
}

function everyDiscipline(seen: Seen): Sight {
  const silent = silentDisciplines(seen).map(seen.labelOf);
  if (silent.length === 0) {
    return { met: true, words: 'Every discipline that is here stands in the record.' };
  }
  const have = silent.length === 1 ? 'has' : 'have';
  return { met: false, words: `${listed(silent)} ${have} not spoken yet.` };
}

function turningPoints({ nodes }: Seen): Sight {
  const count = nodes.filter(({ kind, deleted }) => !deleted && kind === 'moment').length;
  const words =
    count === 1 ? 'One turning point is chosen.' : `${count} turning points are chosen.`;
  return { met: count > 0, words: count === 0 ? 'No turning point is chosen yet.' : words };
}

function themes({ themes: all }: Seen): Sight {
  const count = all.filter(({ candidate }) => !candidate).length;
  if (count === 0) return { met: false, words: 'No theme is chosen yet.' };
  const words = count === 1 ? 'One theme is chosen.' : `${count} themes are chosen.`;
  return { met: count <= MOST_THEMES, words };
}

function owned({ actions: all }: Seen): Sight {
  const decided = all.filter(({ state }) => state !== 'parked' && state !== 'declined');
  const bare = decided.filter(({ owner, doneWhen }) => owner === null || doneWhen.trim() === '');
  if (decided.length === 0) return { met: true, words: 'No action is chosen, which is fine too.' };
  if (bare.length === 0) {
    return { met: true, words: 'Each action has an owner and says when it is done.' };
  }
  const words =
    bare.length === 1
      ? 'One action has no owner yet, or does not say when it is done.'
      : `${bare.length} actions have no owner yet, or do not say when they are done.`;
  return { met: false, words };
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function listed(words: readonly string[]): string {
  return LIST.format(words);
}
