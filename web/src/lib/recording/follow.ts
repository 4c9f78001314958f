/** What stands beside a recording, and what of it belongs to the moment that plays. */

interface Written {
  readonly at: number;
  readonly entry: string;
}

interface Cue {
  readonly start: number;
  readonly end: number;
  readonly speaker?: string | null | undefined;
  readonly text: string;
}

/** What the room wrote is about what was said shortly before. */
const MINUTE = 60;

/** The entries that were written in the minute that has just played. */
export function litAt(written: readonly Written[], seconds: number): ReadonlySet<string> {
  const lit = written.filter(({ at }) => at <= seconds + 1 && at > seconds - MINUTE);
  return new Set(lit.map(({ entry }) => entry));
}

/** The number of the last one that has begun; -1 before the first. */
export function lastBegun(starts: readonly number[], seconds: number): number {
  return starts.findLastIndex((start) => start <= seconds + 0.05);
}

/** The cues with every one of these words, in any order. */
export function found<C extends Cue>(cues: readonly C[], words: string): readonly C[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return cues;
  return cues.filter(({ speaker, text }) => {
    const said = `${speaker ?? ''} ${text}`.toLocaleLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}
