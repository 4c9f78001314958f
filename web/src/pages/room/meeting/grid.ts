import type { BallotView, Votes } from './calls.ts';

/** Cost and impact go from 1 to this. */
export const SCALE = 5;

export interface Place {
  readonly cost: number;
  readonly impact: number;
}

export function placeOf(votes: Votes, id: string): Place | null {
  const vote = votes[id];
  return vote !== undefined && 'cost' in vote ? vote : null;
}

interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface PlaceTally {
  readonly id: string;
  readonly cost: Spread;
  readonly impact: Spread;
  readonly voters: number;
}

/** What people say of each action: the largest change for the least cost comes first. */
export function placeTallies({ tally }: BallotView): PlaceTally[] {
  const all = Object.entries(tally ?? {}).flatMap(([id, it]) =>
    'cost' in it ? [{ id, ...it }] : [],
  );
  const worth = ({ cost, impact }: PlaceTally) => impact.median - cost.median;
  return all.sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
}

/** From here on people do not mean the same thing, and it is worth asking how each sees it. */
const APART = 3;

/** Where people see it differently, in words; nothing where they agree. */
export function differing({ cost, impact }: PlaceTally): string {
  const apart = [
    cost.high - cost.low >= APART && 'cost',
    impact.high - impact.low >= APART && 'impact',
  ];
  const words = apart.filter((word) => word !== false);
  return words.length === 0
    ? ''
    : `You see its ${words.join(' and ')} very differently: what does each of you know?`;
}
