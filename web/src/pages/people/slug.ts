const LONGEST = 40;

/** The slug of a new discipline: its label in plain letters, unlike any in use. */
export function slugFor(label: string, taken: Set<string>): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  const slug = unlike(plain || 'discipline', taken);
  taken.add(slug);
  return slug;
}

function unlike(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2, slug = wanted; ; number++) {
    if (!taken.has(slug)) return slug;
    slug = `${wanted.slice(0, LONGEST - 4)}-${number}`;
  }
}
