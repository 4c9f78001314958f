import type { BallotView, Votes } from './calls.ts';

/** How many dots each person has. */
export const DOTS = 3;

export function dotsOn(votes: Votes, id: string): number {
  const vote = votes[id];
  return vote !== undefined && 'dots' in vote ? vote.dots : 0;
}

export function dotsLeft(votes: Votes): number {
  return DOTS - Object.keys(votes).reduce((sum, id) => sum + dotsOn(votes, id), 0);
}

/** The votes with one dot more or less on one thing. */
export function withDots(votes: Votes, id: string, by: 1 | -1): Votes {
  const dots = dotsOn(votes, id) + by;
  const { [id]: _, ...others } = votes;
  return dots > 0 ? { ...others, [id]: { dots } } : others;
}

export interface DotTally {
  readonly id: string;
  readonly dots: number;
  readonly voters: number;
}

/** What the dots say, most dots first. */
export function dotTallies({ tally }: BallotView): DotTally[] {
  const all = Object.entries(tally ?? {}).flatMap(([id, it]) =>
    'dots' in it ? [{ id, dots: it.dots, voters: it.voters }] : [],
  );
  return all.sort((a, b) => b.dots - a.dots || (a.id < b.id ? -1 : 1));
}
