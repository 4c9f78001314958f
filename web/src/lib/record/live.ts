import { derived, type Readable } from 'svelte/store';
import * as Y from 'yjs';
import { later } from './later.ts';
import { moments, type TimelineMoment } from './moments.ts';
import { byOrder } from './order.ts';
import { readers } from './read.ts';
import { readRich } from './rich.ts';
import { type OutlineRow, outline } from './tree.ts';
import type { Action, Items, Part, ProseName, RichNode, Theme } from './types.ts';
import type { Values } from './values.ts';
import { instant } from './values.ts';

type Root = Y.Map<unknown>;

export function root(doc: Y.Doc, name: Part | 'prose' | 'meeting'): Root {
  return doc.getMap(name);
}

/** Calls `changed` with the ids of the items of a root that a transaction touched. */
function observeItems(root: Root, changed: (ids: ReadonlySet<string>) => void): () => void {
  const observer = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    const ids = events.flatMap((event) =>
      event.target === root ? [...event.keys.keys()] : [String(event.path[0])],
    );
    changed(new Set(ids));
  };
  root.observeDeep(observer);
  return () => root.unobserveDeep(observer);
}

function value(root: Root, id: string): Values | null {
  const item = root.get(id);
  return item instanceof Y.Map ? item : null;
}

/** A store that observes the document for as long as somebody reads the store. */
function live<T>(
  empty: T,
  read: () => T,
  watch: (set: (value: T) => void) => () => void,
): Readable<T> {
  return later(empty, (set) => {
    set(read());
    return watch(set);
  });
}

/** Every item of a part, deleted ones included, as a new map whenever one of them changed. */
export function liveItems<P extends Part>(
  doc: Y.Doc,
  part: P,
): Readable<ReadonlyMap<string, Items[P]>> {
  const items = root(doc, part);
  const read = readers[part];
  let now: ReadonlyMap<string, Items[P]> = new Map();
  const reread = (ids: Iterable<string>) => {
    const next = new Map(now);
    for (const id of ids) {
      const map = value(items, id);
      if (map === null) next.delete(id);
      else next.set(id, read(id, map));
    }
    now = next;
    return next;
  };
  return live(
    now,
    () => {
      now = new Map();
      return reread(items.keys());
    },
    (set) => observeItems(items, (ids) => set(reread(ids))),
  );
}

/** The live record of one document. */
export interface LiveRecord {
  readonly entries: Readable<ReadonlyMap<string, Items['timeline']>>;
  readonly timeline: Readable<readonly TimelineMoment[]>;
  readonly nodes: Readable<ReadonlyMap<string, Items['analysis']>>;
  readonly outline: Readable<readonly OutlineRow[]>;
  readonly allThemes: Readable<ReadonlyMap<string, Theme>>;
  /** The themes that were chosen. */
  readonly themes: Readable<readonly Theme[]>;
  /** The clusters that may become themes. */
  readonly clusters: Readable<readonly Theme[]>;
  readonly allActions: Readable<ReadonlyMap<string, Action>>;
  readonly actions: Readable<readonly Action[]>;
  /** The earliest time that the room has looked back to. */
  readonly lookedBack: Readable<string | null>;
}

export function liveRecord(doc: Y.Doc): LiveRecord {
  const entries = liveItems(doc, 'timeline');
  const nodes = liveItems(doc, 'analysis');
  const allThemes = liveItems(doc, 'themes');
  const allActions = liveItems(doc, 'actions');
  let before = new Map<string, TimelineMoment>();
  let rows = new Map<string, OutlineRow>();
  return {
    entries,
    timeline: derived(entries, (all) => {
      const now = moments(all, before);
      before = new Map(now.map((moment) => [moment.head.id, moment]));
      return now;
    }),
    nodes,
    outline: derived(nodes, (all) => {
      const now = outline(all, rows);
      rows = new Map(now.map((row) => [row.node.id, row]));
      return now;
    }),
    allThemes,
    themes: derived(allThemes, (all) => present(all).filter(({ candidate }) => !candidate)),
    clusters: derived(allThemes, (all) => present(all).filter(({ candidate }) => candidate)),
    allActions,
    actions: derived(allActions, present),
    lookedBack: liveLookedBack(doc),
  };
}

function liveLookedBack(doc: Y.Doc): Readable<string | null> {
  const meeting = root(doc, 'meeting');
  const read = () => instant(meeting, 'lookedBack');
  return live<string | null>(null, read, (set) => observeItems(meeting, () => set(read())));
}

function present<T extends Theme | Action>(all: ReadonlyMap<string, T>): T[] {
  return [...all.values()].filter((item) => !item.deleted).sort(byOrder);
}

/** A prose text, read anew when it changed. */
export function liveProse(doc: Y.Doc, name: ProseName): Readable<readonly RichNode[]> {
  const prose = root(doc, 'prose');
  const read = () => {
    const fragment = prose.get(name);
    return fragment instanceof Y.XmlFragment ? readRich(fragment) : [];
  };
  return live<readonly RichNode[]>([], read, (set) =>
    observeItems(prose, (names) => {
      if (names.has(name)) set(read());
    }),
  );
}
