import type { Readable } from 'svelte/store';
import type * as Y from 'yjs';
import { later } from './later.ts';
import { instant, number, oneOf, string, type Values } from './values.ts';

export const CASES = ['obvious', 'complicated', 'complex', 'chaotic'] as const;
export type Case = (typeof CASES)[number];

export interface RunningStep {
  readonly id: string;
  readonly startedAt: string;
  readonly endsAt: string;
}

export interface MoreTime {
  readonly askedAt: string;
  readonly minutes: number;
  readonly of: 'step' | 'meeting';
  readonly yes: number;
  readonly no: number;
}

export interface Hand {
  readonly person: string;
  readonly at: string;
}

export interface Ballot {
  readonly id: string;
  readonly kind: 'dots' | 'grid';
  readonly voters: number;
  readonly shown: boolean;
}

/** What the room remembers of its own work; docs/record-format.md says what each value means. */
export interface Meeting {
  readonly handbook: { readonly id: string; readonly version: number } | null;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly endsAt: string | null;
  readonly lead: string | null;
  readonly coLead: string | null;
  readonly scribe: string | null;
  readonly step: RunningStep | null;
  readonly checks: ReadonlyMap<string, 'yes' | 'not_now'>;
  /** Who wants to speak, whoever asked first comes first. */
  readonly hands: readonly Hand[];
  readonly moveOn: number;
  readonly moreTime: MoreTime | null;
  readonly round: { readonly people: readonly string[]; readonly turn: number } | null;
  readonly case: Case | null;
  readonly silence: { readonly node: string | null; readonly endsAt: string } | null;
  readonly ballot: Ballot | null;
  /** What each person will do differently. */
  readonly differently: ReadonlyMap<string, string>;
}

export function isOpen({ openedAt, closedAt }: Meeting): boolean {
  return openedAt !== null && closedAt === null;
}

export function isLedBy({ lead, coLead }: Meeting, person: string): boolean {
  return lead === person || coLead === person;
}

/** Whatever cannot be read is read as absent, as in every part of the record. */
export function readMeeting(map: Values): Meeting {
  return {
    handbook: readHandbook(object(map, 'handbook')),
    openedAt: instant(map, 'opened_at'),
    closedAt: instant(map, 'closed_at'),
    endsAt: instant(map, 'ends_at'),
    lead: string(map, 'lead'),
    coLead: string(map, 'co_lead'),
    scribe: string(map, 'scribe'),
    step: readStep(object(map, 'step')),
    checks: keyed(map, 'check:', (value) =>
      value === 'yes' || value === 'not_now' ? value : null,
    ),
    hands: readHands(map),
    moveOn: number(map, 'move_on'),
    moreTime: readMoreTime(object(map, 'more_time')),
    round: readRound(object(map, 'round')),
    case: oneOf(map, 'case', CASES),
    silence: readSilence(object(map, 'silence')),
    ballot: readBallot(object(map, 'ballot')),
    differently: keyed(map, 'differently:', textOf),
  };
}

/** The meeting, read anew when the room changed it. */
export function liveMeeting(meeting: Y.Map<unknown>): Readable<Meeting> {
  return later(readMeeting(meeting), (set) => {
    const tell = () => set(readMeeting(meeting));
    tell();
    meeting.observe(tell);
    return () => meeting.unobserve(tell);
  });
}

type Fields = Readonly<Record<string, unknown>>;

function object(map: Values, key: string): Fields | null {
  const value = map.get(key);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function instantOf(value: unknown): string | null {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function keyed<T>(
  map: Values,
  prefix: string,
  read: (value: unknown) => T | null,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [key, value] of map.entries()) {
    const one = key.startsWith(prefix) ? read(value) : null;
    if (one !== null) found.set(key.slice(prefix.length), one);
  }
  return found;
}

function readHands(map: Values): Hand[] {
  const hands = [...keyed(map, 'hand:', instantOf)].map(([person, at]) => ({ person, at }));
  return hands.sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.person < b.person ? -1 : 1),
  );
}

function readHandbook(fields: Fields | null): Meeting['handbook'] {
  const [id, version] = [textOf(fields?.['id']), countOf(fields?.['version'])];
  return id === null || version === null ? null : { id, version };
}

function readStep(fields: Fields | null): RunningStep | null {
  const id = textOf(fields?.['id']);
  const [startedAt, endsAt] = [instantOf(fields?.['started_at']), instantOf(fields?.['ends_at'])];
  return id === null || startedAt === null || endsAt === null ? null : { id, startedAt, endsAt };
}

function readMoreTime(fields: Fields | null): MoreTime | null {
  const [askedAt, minutes] = [instantOf(fields?.['asked_at']), countOf(fields?.['minutes'])];
  if (fields === null || askedAt === null || minutes === null) return null;
  const of = fields['of'] === 'meeting' ? 'meeting' : 'step';
  return { askedAt, minutes, of, yes: countOf(fields['yes']) ?? 0, no: countOf(fields['no']) ?? 0 };
}

function readRound(fields: Fields | null): Meeting['round'] {
  const people = fields?.['people'];
  const turn = countOf(fields?.['turn']);
  if (!Array.isArray(people) || turn === null) return null;
  return { people: people.filter((person) => typeof person === 'string'), turn };
}

function readSilence(fields: Fields | null): Meeting['silence'] {
  const endsAt = instantOf(fields?.['ends_at']);
  return endsAt === null ? null : { node: textOf(fields?.['node']), endsAt };
}

function readBallot(fields: Fields | null): Ballot | null {
  const id = textOf(fields?.['id']);
  const kind = fields?.['kind'];
  if (fields === null || id === null || (kind !== 'dots' && kind !== 'grid')) return null;
  return { id, kind, voters: countOf(fields['voters']) ?? 0, shown: fields['shown'] === true };
}
