/** The parts of the room; each has an address of its own behind the `#`. */
export const SECTIONS = [
  { id: 'record', label: 'Record' },
  { id: 'lanes', label: 'Lanes' },
  { id: 'analysis', label: 'Analysis' },
  { id: 'themes', label: 'Themes' },
  { id: 'actions', label: 'Actions' },
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

export function placeOf(hash: string): Place {
  const [name = '', item = ''] = hash.replace(/^#/, '').split('/');
  const section = SECTIONS.find(({ id }) => id === name)?.id ?? 'record';
  return { section, item: item === '' ? null : item };
}

export function hashOf(section: Section, item?: string): string {
  return item === undefined ? `#${section}` : `#${section}/${item}`;
}
