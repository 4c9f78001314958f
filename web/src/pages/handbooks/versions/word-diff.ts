/** Some words that stayed, went or came. */
export interface Piece {
  words: string;
  change: 'same' | 'gone' | 'come';
}

/** Beyond this, marking single words helps nobody. */
const MOST = 400;

/** What went and what came between two wordings of a passage, by words. */
export function wordDiff(before: string, after: string): Piece[] {
  const old = tokens(before);
  const now = tokens(after);
  if (old.length > MOST || now.length > MOST) return replaced(before, after);
  const pieces = pieced(old, now);
  const same = pieces.reduce((sum, it) => sum + (it.change === 'same' ? it.words.length : 0), 0);
  // Two passages with little in common are easier to read one after the other.
  return same * 3 < Math.max(before.length, after.length) ? replaced(before, after) : pieces;
}

function replaced(before: string, after: string): Piece[] {
  const pieces: Piece[] = [
    { words: before, change: 'gone' },
    { words: after, change: 'come' },
  ];
  return pieces.filter(({ words }) => words !== '');
}

/** Words with the spaces behind them. */
function tokens(text: string): string[] {
  return text.match(/\S+\s*/gu) ?? [];
}

function pieced(old: readonly string[], now: readonly string[]): Piece[] {
  const longest = common(old, now);
  const pieces: Piece[] = [];
  const push = (words: string, change: Piece['change']) => {
    const last = pieces.at(-1);
    if (last?.change === change) last.words += words;
    else pieces.push({ words, change });
  };
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const gone = old[i];
    const come = now[j];
    if (gone !== undefined && come !== undefined && gone.trim() === come.trim()) {
      push(come, 'same');
      i += 1;
      j += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || at(longest, i + 1, j) >= at(longest, i, j + 1))
    ) {
      push(gone, 'gone');
      i += 1;
    } else if (come !== undefined) {
      push(come, 'come');
      j += 1;
    }
  }
  return pieces;
}

/** How many words two endings have in common, by where they begin. */
function common(old: readonly string[], now: readonly string[]): number[][] {
  const longest = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(now.length + 1).fill(0),
  );
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const row = longest[i];
      if (!row) continue;
      row[j] =
        old[i]?.trim() === now[j]?.trim()
          ? at(longest, i + 1, j + 1) + 1
          : Math.max(at(longest, i + 1, j), at(longest, i, j + 1));
    }
  }
  return longest;
}

function at(table: readonly (readonly number[])[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}
