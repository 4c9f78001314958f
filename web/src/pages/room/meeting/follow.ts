import type { Section } from '../sections.ts';

/** The sections among which the room moves while it works on one thing. */
const TOGETHER: readonly (readonly Section[])[] = [
  ['record', 'lanes'],
  ['analysis', 'themes'],
];

/** Whether a page that shows one section is where the room is when that works in another. */
export function follows(section: Section, room: Section): boolean {
  if (section === room) return true;
  return TOGETHER.some((group) => group.includes(section) && group.includes(room));
}
