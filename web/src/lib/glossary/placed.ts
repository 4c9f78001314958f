interface Size {
  width: number;
  height: number;
}

/** Between the word and its note, and between the note and the edge of the screen. */
const GAP = 6;
const EDGE = 12;

/** Where a note stands so that it is seen whole: below its word, above it where there is no room. */
export function placed(
  word: { left: number; top: number; bottom: number },
  note: Size,
  screen: Size,
): { left: number; top: number } {
  const furthest = Math.max(EDGE, screen.width - EDGE - note.width);
  const left = Math.min(Math.max(EDGE, word.left), furthest);
  const below = word.bottom + GAP;
  const above = word.top - GAP - note.height;
  const fitsBelow = below + note.height <= screen.height - EDGE;
  return { left, top: fitsBelow || above < EDGE ? below : above };
}
