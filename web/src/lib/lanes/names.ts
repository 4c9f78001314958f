/** Where the names of the incident's times stand beside their lines. */

const GAP = 4;
/** A letter of the small text is hardly ever wider on average. */
const LETTER = 7;

export interface PlacedName {
  readonly name: string;
  /** Where its line is. */
  readonly x: number;
  /** On which side of the line the name stands; nowhere, if others are too near. */
  readonly side: 'right' | 'left' | null;
}

/** Gives every name a place where it touches no other name and no other line. */
export function placeNames(
  points: readonly { readonly name: string; readonly x: number }[],
  width: number,
): PlacedName[] {
  const inOrder = [...points].sort((a, b) => a.x - b.x);
  let taken = 0;
  return inOrder.map(({ name, x }, i) => {
    const long = GAP + name.length * LETTER;
    const free = inOrder[i + 1]?.x ?? width;
    const side = x + long <= free ? 'right' : x - long >= taken ? 'left' : null;
    taken = side === 'right' ? x + long : x;
    return { name, x, side };
  });
}
