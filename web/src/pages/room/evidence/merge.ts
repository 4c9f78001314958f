import type { Proposal } from '#api/types.ts';

type Disciplines = readonly { slug: string }[];

interface Merged {
  /** What is shown, brought up to date where it stands. */
  readonly items: readonly Proposal[];
  /** What came, and is not shown yet. */
  readonly waiting: readonly Proposal[];
}

/** Something arrived: nothing that somebody reads may move, so that what is new waits. */
export function merge(shown: readonly Proposal[], now: readonly Proposal[]): Merged {
  const latest = new Map(now.map((proposal) => [proposal.id, proposal]));
  const known = new Set(shown.map(({ id }) => id));
  return {
    items: shown.map((proposal) => latest.get(proposal.id) ?? proposal),
    waiting: now.filter(({ id }) => !known.has(id)),
  };
}

/** Proposals by whose they usually are, in the order of the organisation's disciplines. */
export function byLane(
  proposals: readonly Proposal[],
  disciplines: Disciplines,
): { lane: string; items: Proposal[] }[] {
  const lanes = new Set([
    ...disciplines.map(({ slug }) => slug),
    ...proposals.map(({ lane }) => lane),
  ]);
  return [...lanes]
    .map((lane) => ({ lane, items: proposals.filter((proposal) => proposal.lane === lane) }))
    .filter(({ items }) => items.length > 0);
}

/** Whether all that is new stands below what is shown, so that showing it moves nothing. */
export function appends(
  shown: readonly Proposal[],
  now: readonly Proposal[],
  disciplines: Disciplines,
): boolean {
  const order = byLane(now, disciplines).flatMap(({ items }) => items.map(({ id }) => id));
  const before = byLane(shown, disciplines).flatMap(({ items }) => items.map(({ id }) => id));
  return before.every((id, at) => order[at] === id);
}
