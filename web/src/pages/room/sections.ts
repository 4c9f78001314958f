/** The parts of the room; each has an address of its own behind the `#`. */
export const SECTIONS = [
  { id: 'record', label: 'Record' },
  { id: 'lanes', label: 'Lanes' },
  { id: 'analysis', label: 'Analysis' },
  { id: 'themes', label: 'Themes' },
  { id: 'actions', label: 'Actions' },
  { id: 'closing', label: 'Closing' },
  { id: 'summary', label: 'Summary' },
  { id: 'history', label: 'History' },
  { id: 'publish', label: 'Publish' },
] as const;

export type Section = (typeof SECTIONS)[number]['id'];

export interface Place {
  readonly section: Section;
  /** An item within it that somebody was sent to. */
  readonly item: string | null;
}

/** The place that a hash means; null for one that leads to somewhere within a section. */
export function placeOf(hash: string): Place | null {
  const [name = '', item = ''] = hash.replace(/^#/, '').split('/');
  if (name === '') return { section: 'record', item: null };
  const section = SECTIONS.find(({ id }) => id === name)?.id;
  return section === undefined ? null : { section, item: item === '' ? null : item };
}

export function hashOf(section: Section, item?: string): string {
  return item === undefined ? `#${section}` : `#${section}/${item}`;
}
