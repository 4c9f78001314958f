import * as Y from 'yjs';
import { readRich } from './rich.ts';
import {
  ACTION_STATES,
  type Action,
  type AnalysisNode,
  type Entry,
  type Evidence,
  type Item,
  type Items,
  KINDS,
  type Moment,
  NODE_KINDS,
  type Part,
  PRECISIONS,
  type RichNode,
  SIGNALS,
  TAGS,
  type Theme,
  type TicketLink,
} from './types.ts';
import {
  day,
  flag,
  instant,
  list,
  number,
  oneOf,
  set,
  string,
  type Values,
  words,
} from './values.ts';

type Readers = { [P in Part]: (id: string, map: Values) => Items[P] };

/** How each part is read: a wrong value counts as missing, so nothing here can fail. */
export const readers: Readers = {
  timeline: readEntry,
  analysis: readNode,
  themes: readTheme,
  actions: readAction,
};

function readItem(id: string, map: Values): Item {
  return {
    id,
    order: number(map, 'order'),
    deleted: flag(map, 'deleted'),
    withheld: flag(map, 'withheld'),
  };
}

function readEntry(id: string, map: Values): Entry {
  return {
    ...readItem(id, map),
    ...readMoment(map),
    typed: string(map, 'typed'),
    question: string(map, 'question'),
    kind: oneOf(map, 'kind', KINDS) ?? 'note',
    lane: string(map, 'lane') ?? 'other',
    who: string(map, 'who'),
    text: readFragment(map, 'text'),
    evidence: list(map, 'evidence', isEvidence),
    beside: string(map, 'beside'),
    proposed: flag(map, 'proposed'),
    asked: string(map, 'asked'),
  };
}

/** What contradicts itself becomes the nearest moment that does not claim more than is known. */
function readMoment(map: Values): Moment {
  const at = instant(map, 'at');
  if (at === null) return { at, until: null, precision: 'unknown' };
  const until = instant(map, 'until');
  const precision = oneOf(map, 'precision', PRECISIONS) ?? 'exact';
  if (precision === 'exact') return { at, until: null, precision };
  if (precision === 'range' && until !== null && Date.parse(until) >= Date.parse(at)) {
    return { at, until, precision };
  }
  return { at, until: null, precision: 'approximate' };
}

function readNode(id: string, map: Values): AnalysisNode {
  const tag = oneOf(map, 'tag', TAGS);
  return {
    ...readItem(id, map),
    kind: oneOf(map, 'kind', NODE_KINDS) ?? 'question',
    parent: string(map, 'parent'),
    also: set(map, 'also'),
    text: words(map, 'text'),
    entries: list(map, 'entries', isString),
    tag,
    system: string(map, 'system'),
    signal: tag === 'sensing' ? oneOf(map, 'signal', SIGNALS) : null,
    neededBy: string(map, 'needed_by'),
    needed: string(map, 'needed'),
    wasAt: string(map, 'was_at'),
  };
}

function readTheme(id: string, map: Values): Theme {
  return {
    ...readItem(id, map),
    title: words(map, 'title'),
    text: words(map, 'text'),
    nodes: list(map, 'nodes', isString),
    candidate: flag(map, 'candidate'),
    reason: words(map, 'reason'),
  };
}

function readAction(id: string, map: Values): Action {
  return {
    ...readItem(id, map),
    title: words(map, 'title'),
    doneWhen: words(map, 'done_when'),
    owner: string(map, 'owner'),
    due: day(map, 'due'),
    state: oneOf(map, 'state', ACTION_STATES) ?? 'open',
    reason: words(map, 'reason'),
    theme: string(map, 'theme'),
    ticket: readTicket(map),
    process: flag(map, 'process'),
  };
}

/** Anybody can write anything here: only the address of a page counts. */
function readTicket(map: Values): TicketLink | null {
  const url = string(map, 'ticket');
  if (url === null || !/^https?:\/\//.test(url)) return null;
  return { url, name: string(map, 'ticket_name') ?? url };
}

function readFragment(map: Values, key: string): RichNode[] {
  const value = map.get(key);
  return value instanceof Y.XmlFragment ? readRich(value) : [];
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isEvidence(value: unknown): value is Evidence {
  return (
    typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string'
  );
}
