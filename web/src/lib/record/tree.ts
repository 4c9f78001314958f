import { circles } from './circles.ts';
import { byOrder, compareIds } from './order.ts';
import type { AnalysisNode } from './types.ts';

/** A node of the analysis where it stands in the outline. */
export interface OutlineRow {
  readonly node: AnalysisNode;
  /** Its parent once circles and deleted parents are resolved. */
  readonly parent: string | null;
  /** The further nodes below which it stands too. */
  readonly also: readonly string[];
  /** The nodes that stand below it by such a link, and elsewhere by their parent. */
  readonly linked: readonly AnalysisNode[];
  /** How many stand just below it. */
  readonly children: number;
  readonly depth: number;
}

type Nodes = ReadonlyMap<string, AnalysisNode>;

/**
 * The analysis from top to bottom; whatever the parents say, each present node is in it once. A
 * row that did not change is the same object as in `before`, so that a page redraws only what did.
 */
export function outline(all: Nodes, before: ReadonlyMap<string, OutlineRow> = new Map()) {
  const parents = parentsOf(all);
  const children = childrenOf(all, parents);
  const { also, linked } = links(all, parents);
  const rows: OutlineRow[] = [];
  const open = stacked(children.get(null), 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    const below = children.get(node.id) ?? NOTHING;
    const row: OutlineRow = {
      node,
      parent: parents.get(node.id) ?? null,
      also: also.get(node.id) ?? NO_IDS,
      linked: linked.get(node.id) ?? NOTHING,
      children: below.length,
      depth,
    };
    rows.push(keep(before.get(node.id), row));
    open.push(...stacked(below, depth + 1));
  }
  return rows;
}

const NOTHING: readonly AnalysisNode[] = [];
const NO_IDS: readonly string[] = [];

function keep(old: OutlineRow | undefined, now: OutlineRow): OutlineRow {
  const same =
    old !== undefined &&
    old.node === now.node &&
    old.parent === now.parent &&
    old.depth === now.depth &&
    old.children === now.children &&
    isSame(old.also, now.also) &&
    isSame(old.linked, now.linked);
  return same ? old : now;
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Siblings as they go on a stack: the first on top. */
function stacked(nodes: readonly AnalysisNode[] = [], depth: number) {
  return [...nodes].reverse().map((node) => ({ node, depth }));
}

/** Each present node with the node below which it is read. */
function parentsOf(all: Nodes): Map<string, string | null> {
  const roots = circleRoots(all);
  const parents = new Map<string, string | null>();
  for (const node of all.values()) {
    if (node.deleted) continue;
    parents.set(node.id, roots.has(node.id) ? null : presentParent(node, all));
  }
  return parents;
}

function childrenOf(all: Nodes, parents: ReadonlyMap<string, string | null>) {
  const children = new Map<string | null, AnalysisNode[]>();
  for (const [id, parent] of parents) {
    const node = all.get(id);
    if (node !== undefined) push(children, parent, node);
  }
  for (const siblings of children.values()) siblings.sort(byOrder);
  return children;
}

function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/**
 * The further parents that count: not those that are missing or deleted, nor the parent itself,
 * and no link that lies on a circle of parents and links.
 */
function links(all: Nodes, parents: ReadonlyMap<string, string | null>) {
  const also = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    for (const other of all.get(id)?.also ?? NO_IDS) {
      if (other !== parent && parents.has(other)) push(also, id, other);
    }
  }
  const linked = new Map<string, AnalysisNode[]>();
  if (also.size === 0) return { also, linked };
  const circle = circles(parents, also);
  for (const [id, others] of also) {
    const kept = others.filter((other) => circle.get(other) !== circle.get(id));
    also.set(id, kept);
    const node = all.get(id);
    if (node !== undefined) for (const other of kept) push(linked, other, node);
  }
  for (const nodes of linked.values()) nodes.sort(byOrder);
  return { also, linked };
}

/** Deleting a node must not hide what others hung below it: that rises to the next present one. */
function presentParent(node: AnalysisNode, all: Nodes): string | null {
  const seen = new Set([node.id]);
  let parent = parentOf(node, all);
  while (parent?.deleted === true && !seen.has(parent.id)) {
    seen.add(parent.id);
    parent = parentOf(parent, all);
  }
  return parent === undefined || parent.deleted || parent.id === node.id ? null : parent.id;
}

function parentOf(node: AnalysisNode, all: Nodes): AnalysisNode | undefined {
  return node.parent === null ? undefined : all.get(node.parent);
}

/** Of each circle of parents, the present node with the smallest id. */
function circleRoots(all: Nodes): Set<string> {
  const roots = new Set<string>();
  const walked = new Set<string>();
  for (const start of all.values()) {
    const path: AnalysisNode[] = [];
    let node: AnalysisNode | undefined = start;
    while (node !== undefined && !walked.has(node.id)) {
      walked.add(node.id);
      path.push(node);
      node = parentOf(node, all);
    }
    const root = node === undefined ? undefined : smallestPresent(path, node);
    if (root !== undefined) roots.add(root);
  }
  return roots;
}

/** The circle is what follows `back` on the path; a path that ended elsewhere has none. */
function smallestPresent(path: AnalysisNode[], back: AnalysisNode): string | undefined {
  const begin = path.indexOf(back);
  if (begin < 0) return undefined;
  const present = path.slice(begin).filter((node) => !node.deleted);
  return present.map((node) => node.id).sort(compareIds)[0];
}
