/** The colours of the disciplines, for lanes, faces and labels. */

const KNOWN = new Set(['engineering', 'sre', 'support', 'product', 'sales', 'leadership', 'other']);
const EXTRA = 3;

/** The CSS colour of a discipline; one that the organisation added always gets the same. */
export function disciplineColour(slug: string): string {
  return KNOWN.has(slug) ? `var(--lane-${slug})` : `var(--lane-extra-${(hash(slug) % EXTRA) + 1})`;
}

function hash(text: string): number {
  let value = 0;
  for (const unit of text) value = (value * 31 + (unit.codePointAt(0) ?? 0)) >>> 0;
  return value;
}

/** What people call a discipline; an unknown slug stands for itself. */
export function disciplineLabel(
  disciplines: readonly { slug: string; label: string }[],
  slug: string,
): string {
  return disciplines.find((discipline) => discipline.slug === slug)?.label ?? slug;
}
