import { STOP_WORDS } from './stop-words.ts';

/** What a suggestion looks at: a finding or an answer. */
export interface Idea {
  readonly id: string;
  readonly text: string;
  readonly entries: readonly string[];
  readonly system: string | null;
}

/** Ideas that have something in common, and what that is. */
export interface Suggestion {
  readonly ids: readonly string[];
  readonly words: readonly string[];
  readonly entries: readonly string[];
  readonly system: string | null;
}

interface Feature {
  readonly kind: 'word' | 'entry' | 'system';
  readonly shown: string;
}

/** More would be a second analysis. */
const MOST = 6;
/** The rarest things an idea speaks of say most about it. */
const MOST_FEATURES = 10;

/**
 * Groups of ideas that speak of the same: two words in common, or a word and a link; or the same
 * moment, or the same system. The better a group explains itself, the earlier it comes; an idea is
 * in one group only.
 */
export function suggestClusters(ideas: readonly Idea[]): Suggestion[] {
  const features = new Map<string, Feature>();
  const spoken = new Map(ideas.map((idea) => [idea.id, featuresOf(idea, features)]));
  const rare = rareness(spoken, ideas.length);
  const groups = new Map<string, string[]>();
  for (const [id, all] of spoken) {
    const own = all
      .filter((key) => rare.has(key))
      .sort((a, b) => (rare.get(b) ?? 0) - (rare.get(a) ?? 0) || (a < b ? -1 : 1))
      .slice(0, MOST_FEATURES)
      .sort();
    for (const key of keysOf(own, features)) push(groups, key, id);
  }
  return choose(groups, spoken, rare).map((ids) => explained(ids, spoken, features, rare));
}

/** What would make a group: each pair, and each link by itself. */
function keysOf(own: readonly string[], features: ReadonlyMap<string, Feature>): string[] {
  const alone = own.filter((key) => features.get(key)?.kind !== 'word');
  const pairs = own.flatMap((a, i) => own.slice(i + 1).map((b) => `${a} ${b}`));
  return [...alone, ...pairs];
}

function push(groups: Map<string, string[]>, key: string, id: string): void {
  const ids = groups.get(key);
  if (ids === undefined) groups.set(key, [id]);
  else ids.push(id);
}

function featuresOf(idea: Idea, features: Map<string, Feature>): string[] {
  const found = new Set<string>();
  const add = (key: string, feature: Feature) => {
    found.add(key);
    if (!features.has(key)) features.set(key, feature);
  };
  for (const word of idea.text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []) {
    const plain = word.replace(/['’]s$/, '');
    if (plain.length > 2 && !STOP_WORDS.has(plain)) {
      add(`w:${stem(plain)}`, { kind: 'word', shown: plain });
    }
  }
  for (const entry of idea.entries) add(`e:${entry}`, { kind: 'entry', shown: entry });
  const system = idea.system?.trim() ?? '';
  if (system !== '') {
    add(`s:${system.toLowerCase().replace(/\s+/g, '-')}`, { kind: 'system', shown: system });
  }
  return [...found];
}

/** The same word in another form, as far as endings tell: alert, alerts, alerting. */
function stem(word: string): string {
  for (const ending of ['ions', 'ion', 'ings', 'ing', 'ies', 'ied', 'ed', 'es', 's', 'e', 'y']) {
    if (word.endsWith(ending) && word.length - ending.length >= 4) {
      return word.slice(0, -ending.length);
    }
  }
  return word;
}

/** How much each feature says that several share; what most speak of tells nothing apart. */
function rareness(spoken: ReadonlyMap<string, readonly string[]>, count: number) {
  const counts = new Map<string, number>();
  for (const all of spoken.values()) {
    for (const key of all) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rare = new Map<string, number>();
  for (const [key, times] of counts) {
    if (times > 1 && times <= Math.max(4, count * 0.3)) rare.set(key, Math.log(1 + count / times));
  }
  return rare;
}

type Spoken = ReadonlyMap<string, readonly string[]>;
type Rare = ReadonlyMap<string, number>;

/** The groups that say most, each without the ideas that an earlier one has. */
function choose(groups: ReadonlyMap<string, readonly string[]>, spoken: Spoken, rare: Rare) {
  const weight = (key: string) =>
    key.split(' ').reduce((sum, feature) => sum + (rare.get(feature) ?? 0), 0);
  const ranked = [...groups]
    .filter(([, ids]) => ids.length > 1)
    .map(([key, ids]) => ({ key, ids, score: weight(key) * Math.min(ids.length, 5) }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  const taken = new Set<string>();
  const chosen: string[][] = [];
  for (const { ids } of ranked) {
    if (chosen.length === MOST) break;
    const free = ids.filter((id) => !taken.has(id));
    if (free.length < 2) continue;
    for (const id of free) taken.add(id);
    chosen.push(free.filter((id) => spoken.has(id)));
  }
  return chosen;
}

function explained(
  ids: readonly string[],
  spoken: Spoken,
  features: ReadonlyMap<string, Feature>,
  rare: Rare,
): Suggestion {
  const [first = '', ...others] = ids;
  const shared = (spoken.get(first) ?? []).filter(
    (key) => rare.has(key) && others.every((id) => spoken.get(id)?.includes(key)),
  );
  const of = (kind: Feature['kind']) =>
    shared.flatMap((key) => {
      const feature = features.get(key);
      return feature?.kind === kind ? [feature.shown] : [];
    });
  return { ids, words: of('word'), entries: of('entry'), system: of('system')[0] ?? null };
}

/** Why they are suggested, in a sentence; `moment` says what a moment is called. */
export function suggestionText(
  { ids, words, entries, system }: Suggestion,
  moment: (id: string) => string,
): string {
  const all = ids.length === 2 ? 'Both' : `All ${ids.length}`;
  const parts = [
    words.length > 0 ? `speak of: ${words.slice(0, 4).join(', ')}` : '',
    system === null ? '' : `name ${system}`,
    entries.length > 0 ? `are about ${entries.map(moment).join(', ')}` : '',
  ].filter((part) => part !== '');
  return `${all} ${parts.join('; ')}`;
}
