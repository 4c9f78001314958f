import type { TimelineMoment } from '../record/moments.ts';
import { instantOf } from '../record/order.ts';
import { plain } from '../record/rich.ts';
import type { Entry } from '../record/types.ts';
import { clock } from '../time.ts';

/** A moment that may be worth a closer look, with the reasons in words. */
export interface TurningPoint {
  readonly entries: readonly string[];
  readonly reasons: readonly string[];
}

interface Reason {
  readonly weight: number;
  readonly words: string;
}

export interface Surroundings {
  /** When the incident began: silences before it are not those of the people at work. */
  readonly startedAt: string;
  /** What a lane is called. */
  readonly lane: (slug: string) => string;
  /** The entries that are turning points already. */
  readonly chosen: ReadonlySet<string>;
}

const MINUTE = 60_000;
const MOST = 8;
/** A silence is long by the record's own rhythm, and never shorter than this. */
const SHORTEST_SILENCE = 10 * MINUTE;
const TIMES_THE_USUAL = 4;
const CLOSE = 10 * MINUTE;
/** So many entries of one lane are a stretch of work that can be handed over. */
const STRETCH = 3;

/** Words at which people zoom in: what was surprising, and what went without saying. */
const SURPRISE =
  /\b(surpris\w*|unexpected\w*|strange\w*|odd(?:ly)?|weird\w*|suddenly|confus\w*|puzzl\w*|turned out|no idea|of course|obvious\w*|clearly|assum\w*|we thought|i thought|i knew|actually|did(?:n['’]t| not) expect|made no sense)\b/gi;
const HAND_OVER =
  /\b(hand(?:s|ed|ing)?[ -]?over|took over|takes over|taking over|escalat\w*|paged|called in|shift (?:change|end\w*)|joined|pulled in|passed (?:it )?on)\b/i;

/** Moments of the record at which something may have turned, in the order of the record. */
export function turningPoints(
  timeline: readonly TimelineMoment[],
  around: Surroundings,
): TurningPoint[] {
  const silence = longSilence(timeline, around);
  const found = timeline.map((moment, place) => ({
    place,
    moment,
    reasons: [
      ...views(moment, around),
      ...believed(moment, timeline, place),
      ...surprise(moment),
      ...handOver(timeline, place, around),
      ...afterSilence(timeline, place, silence, around),
      ...firstReaction(timeline, place),
      ...unknownTime(moment),
    ],
  }));
  const weight = (reasons: readonly Reason[]) =>
    reasons.reduce((sum, { weight }) => sum + weight, 0);
  return found
    .filter(({ moment, reasons }) => reasons.length > 0 && !isChosen(moment, around))
    .sort((a, b) => weight(b.reasons) - weight(a.reasons) || a.place - b.place)
    .slice(0, MOST)
    .sort((a, b) => a.place - b.place)
    .map(({ moment, reasons }) => ({
      entries: entriesOf(moment).map(({ id }) => id),
      reasons: [...reasons].sort((a, b) => b.weight - a.weight).map(({ words }) => words),
    }));
}

function isChosen(moment: TimelineMoment, { chosen }: Surroundings): boolean {
  return entriesOf(moment).some(({ id }) => chosen.has(id));
}

function entriesOf({ head, views }: TimelineMoment): readonly Entry[] {
  return [head, ...views];
}

function views(moment: TimelineMoment, { lane }: Surroundings): Reason[] {
  if (moment.views.length === 0) return [];
  const kinds = new Set(entriesOf(moment).map(({ kind }) => kind));
  if (kinds.has('believed') && (kinds.has('observed') || kinds.has('alert'))) {
    return [{ weight: 5, words: 'What was believed stands beside what was seen' }];
  }
  const lanes = [...new Set(entriesOf(moment).map((entry) => lane(entry.lane)))];
  const whose = lanes.length > 1 ? `: ${lanes.join(', ')}` : '';
  return [{ weight: 4, words: `Views of one moment that stand side by side${whose}` }];
}

function believed(
  { head, views }: TimelineMoment,
  timeline: readonly TimelineMoment[],
  place: number,
): Reason[] {
  if (head.kind !== 'believed' || views.length > 0) return [];
  const near = [timeline[place - 1], timeline[place + 1]].find(
    (other) =>
      (other?.head.kind === 'observed' || other?.head.kind === 'alert') &&
      Math.abs(instantOf(other.head) - instantOf(head)) <= CLOSE,
  );
  const at = near?.head.at;
  return at ? [{ weight: 3, words: `A belief, close to what was seen at ${clock(at)}` }] : [];
}

function surprise(moment: TimelineMoment): Reason[] {
  const words = entriesOf(moment).flatMap(({ text }) => plain(text).match(SURPRISE) ?? []);
  const told = [...new Set(words.map((word) => word.toLowerCase()))].slice(0, 2);
  if (told.length === 0) return [];
  return [{ weight: 3, words: `Says “${told.join('” and “')}”` }];
}

function handOver(
  timeline: readonly TimelineMoment[],
  place: number,
  { lane }: Surroundings,
): Reason[] {
  const head = timeline[place]?.head;
  if (head === undefined) return [];
  const word = HAND_OVER.exec(plain(head.text))?.[0];
  const stretch = timeline.slice(Math.max(0, place - STRETCH), place);
  const before = stretch[0]?.head.lane;
  const passes =
    stretch.length === STRETCH &&
    before !== head.lane &&
    stretch.every((moment) => moment.head.lane === before);
  if (passes && before !== undefined) {
    return [{ weight: 2, words: `The work passes from ${lane(before)} to ${lane(head.lane)}` }];
  }
  return word === undefined ? [] : [{ weight: 2, words: `A hand-over: “${word.toLowerCase()}”` }];
}

/** The time from one moment of the incident to the next, if both are known. */
function silenceBefore(
  timeline: readonly TimelineMoment[],
  place: number,
  { startedAt }: Surroundings,
): number | null {
  const [before, now] = [timeline[place - 1]?.head, timeline[place]?.head];
  if (!before?.at || !now?.at || instantOf(before) < Date.parse(startedAt)) return null;
  const end = before.until === null ? instantOf(before) : Date.parse(before.until);
  return Math.max(0, instantOf(now) - end);
}

/** From which length on a silence is long in this record. */
function longSilence(timeline: readonly TimelineMoment[], around: Surroundings): number {
  const all = timeline
    .map((_, place) => silenceBefore(timeline, place, around))
    .filter((silence) => silence !== null)
    .sort((a, b) => a - b);
  const usual = all[Math.floor(all.length / 2)] ?? 0;
  return Math.max(SHORTEST_SILENCE, usual * TIMES_THE_USUAL);
}

function afterSilence(
  timeline: readonly TimelineMoment[],
  place: number,
  long: number,
  around: Surroundings,
): Reason[] {
  const silence = silenceBefore(timeline, place, around);
  if (silence === null || silence < long) return [];
  const minutes = Math.round(silence / MINUTE);
  const length = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  return [{ weight: 3, words: `The first after ${length} of which the record tells nothing` }];
}

const HUMAN = new Set(['observed', 'did', 'said', 'believed']);

function firstReaction(timeline: readonly TimelineMoment[], place: number): Reason[] {
  const head = timeline[place]?.head;
  if (!head?.at || !HUMAN.has(head.kind)) return [];
  const first = alertBefore(timeline, place);
  if (first === undefined) return [];
  const minutes = Math.round((instantOf(head) - instantOf(first)) / MINUTE);
  const after =
    minutes < 1 ? 'at once' : minutes === 1 ? 'a minute later' : `${minutes} minutes later`;
  return [{ weight: 2, words: `The first reaction to the alert of ${clock(first.at)}, ${after}` }];
}

/** The alert that waits for somebody: of several in a row the first, which waited longest. */
function alertBefore(timeline: readonly TimelineMoment[], place: number) {
  let first: (Entry & { readonly at: string }) | undefined;
  for (let i = place - 1; i >= 0; i--) {
    const head = timeline[i]?.head;
    if (head === undefined || HUMAN.has(head.kind)) break;
    if (head.kind === 'alert' && head.at !== null) first = { ...head, at: head.at };
  }
  return first;
}

function unknownTime({ head }: TimelineMoment): Reason[] {
  return head.at === null ? [{ weight: 1, words: 'Nobody knows yet when this was' }] : [];
}
