/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A text in pieces. Places count characters, as the server does, and not UTF-16 units. */
export function marked(text: string, found: readonly { start: number; end: number }[]): Piece[] {
  const letters = [...text];
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, isFound: boolean) => {
    if (end > at) pieces.push({ text: letters.slice(at, end).join(''), found: isFound });
    at = Math.max(at, end);
  };
  for (const { start, end } of found) {
    add(start, false);
    add(end, true);
  }
  add(letters.length, false);
  return pieces;
}
