import { byOrder, compareIds } from './order.ts';
import type { AnalysisNode } from './types.ts';

/** A node of the analysis where it stands in the outline. */
export interface OutlineRow {
  readonly node: AnalysisNode;
  /** Its parent once circles and deleted parents are resolved. */
  readonly parent: string | null;
  readonly depth: number;
}

type Nodes = ReadonlyMap<string, AnalysisNode>;

/** The analysis from top to bottom; whatever the parents say, each present node is in it once. */
export function outline(all: Nodes): OutlineRow[] {
  const children = childrenOf(all);
  const rows: OutlineRow[] = [];
  const open = stacked(children.get(null) ?? [], null, 0);
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    rows.push(row);
    const { id } = row.node;
    open.push(...stacked(children.get(id) ?? [], id, row.depth + 1));
  }
  return rows;
}

/** Siblings as they go on a stack: the first on top. */
function stacked(nodes: AnalysisNode[], parent: string | null, depth: number): OutlineRow[] {
  return nodes
    .sort(byOrder)
    .reverse()
    .map((node) => ({ node, parent, depth }));
}

function childrenOf(all: Nodes): Map<string | null, AnalysisNode[]> {
  const roots = circleRoots(all);
  const children = new Map<string | null, AnalysisNode[]>();
  for (const node of all.values()) {
    if (node.deleted) continue;
    const parent = roots.has(node.id) ? null : presentParent(node, all);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  return children;
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
