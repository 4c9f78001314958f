import type { LibraryPassage } from '#api/types.ts';
import { clockOf } from '#lib/recording/clock.ts';

/** What the sections of a published post-mortem are called in its address. */
const SECTIONS: Readonly<Record<string, string>> = {
  summary: 'happened',
  learned: 'learned',
  background: 'background',
};

/** What single things are called there: `entry-ID`. */
const THINGS: Readonly<Record<string, string>> = {
  timeline: 'entry',
  analysis: 'node',
  theme: 'theme',
  action: 'action',
};

/** The address of a passage: within the published post-mortem, or at the second of the recording. */
export function placeOf(
  postmortem: string,
  { part, item }: Pick<LibraryPassage, 'part' | 'item'>,
): string {
  const page = `/library/${postmortem}`;
  if (part === 'transcript') {
    return `/postmortems/${postmortem}/recording?t=${clockOf(Number(item))}`;
  }
  const [section, thing] = [SECTIONS[part], THINGS[part]];
  if (section !== undefined) return `${page}#${section}`;
  return thing !== undefined && item ? `${page}#${thing}-${item}` : page;
}

/** Shows what the address names, once it is there, and has readers go on from it. */
export function arrive(hash: string): void {
  const place = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (place === null) return;
  place.scrollIntoView({ block: place.tagName === 'SECTION' ? 'start' : 'center' });
  place.dataset['arrived'] = '';
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
