type Parents = ReadonlyMap<string, string | null>;
type Links = ReadonlyMap<string, readonly string[]>;

/** Gives each node the name of its circle: nodes that stand below one another share it. */
export function circles(parents: Parents, also: Links): Map<string, string> {
  const above = (id: string) => {
    const parent = parents.get(id) ?? null;
    return parent === null ? (also.get(id) ?? []) : [parent, ...(also.get(id) ?? [])];
  };
  const below = new Map<string, string[]>();
  for (const id of parents.keys()) {
    for (const other of above(id)) {
      const nodes = below.get(other);
      if (nodes === undefined) below.set(other, [id]);
      else nodes.push(id);
    }
  }
  const circle = new Map<string, string>();
  for (const start of finished(parents, above).reverse()) {
    const open = [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (circle.has(id)) continue;
      circle.set(id, start);
      open.push(...(below.get(id) ?? []));
    }
  }
  return circle;
}

/** The nodes, each after all that can be reached upwards from it. */
function finished(parents: Parents, above: (id: string) => readonly string[]): string[] {
  const walked = new Set<string>();
  const done: string[] = [];
  for (const start of parents.keys()) {
    const open: { id: string; left: boolean }[] = [{ id: start, left: false }];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { id, left } = step;
      if (left) done.push(id);
      else if (!walked.has(id)) {
        walked.add(id);
        open.push({ id, left: true }, ...above(id).map((other) => ({ id: other, left: false })));
      }
    }
  }
  return done;
}
