import type { TermName } from '#api/types.ts';
import { GLOSSARY } from './terms.ts';

/** Part of a text: plain words, or words that stand for a term. */
export interface TextPart {
  words: string;
  term?: TermName;
}

/** `[[term]]` or `[[term|other words]]`; an opening that is never closed is plain. */
const MARK = /\[\[(?!\[)((?:(?!\[\[|\]\]).)*)\]\]/gsu;

/** A text of a handbook, taken apart at its marked terms. What the glossary does not know is plain. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    parts.push({ words: text.slice(from, match.index) }, marked(match[1] ?? ''));
    from = match.index + match[0].length;
  }
  parts.push({ words: text.slice(from) });
  return parts.filter(({ words }) => words !== '');
}

function marked(inside: string): TextPart {
  const bar = inside.indexOf('|');
  const [written, words] =
    bar === -1 ? [inside, inside] : [inside.slice(0, bar), inside.slice(bar + 1)];
  const term = termFor(written);
  return { words: words.trim(), ...(term && { term }) };
}

/** The term that somebody wrote, in capitals and with spaces as they like. */
export function termFor(written: string): TermName | undefined {
  const name = written
    .trim()
    .toLowerCase()
    .split(/[\s-]+/u)
    .join('-');
  return isTerm(name) ? name : undefined;
}

function isTerm(name: string): name is TermName {
  return Object.hasOwn(GLOSSARY, name);
}

/** A text without its marks, as it is read aloud or shown where nothing can be pressed. */
export function unmarked(text: string): string {
  return partsOf(text)
    .map(({ words }) => words)
    .join('');
}
