import * as Y from 'yjs';
import type { Attributes, RichElement, RichMark, RichNode, RichText } from './types.ts';

/** Marks that may overlap carry a hash in their stored name ("link--aGFzaA=="). */
const HASHED_MARK = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

interface Piece {
  insert?: unknown;
  attributes?: Record<string, unknown>;
}

export function readRich(fragment: Y.XmlFragment): RichNode[] {
  return fragment.toArray().flatMap((child): RichNode[] => {
    if (child instanceof Y.XmlText) return readText(child);
    if (child instanceof Y.XmlElement) return [readElement(child)];
    return [];
  });
}

function readElement(element: Y.XmlElement): RichElement {
  return {
    type: element.nodeName,
    attrs: element.getAttributes() as Attributes,
    content: readRich(element),
  };
}

function readText(text: Y.XmlText): RichText[] {
  const pieces = text.toDelta() as Piece[];
  return pieces.flatMap(({ insert, attributes }) =>
    typeof insert === 'string'
      ? [{ type: 'text' as const, text: insert, marks: readMarks(attributes ?? {}) }]
      : [],
  );
}

function readMarks(attributes: Record<string, unknown>): RichMark[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({
      type: HASHED_MARK.exec(name)?.[1] ?? name,
      attrs: isAttributes(value) ? value : {},
    }));
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(node: RichNode): node is RichText {
  return node.type === 'text' && 'text' in node;
}

const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'blockquote', 'codeBlock']);

/** The words alone, blocks parted by spaces: for labels, search and screen readers. */
export function plain(nodes: readonly RichNode[]): string {
  return nodes.map(plainNode).join('').replace(/\s+/g, ' ').trim();
}

function plainNode(node: RichNode): string {
  if (isText(node)) return node.text;
  if (node.type === 'hardBreak') return ' ';
  if (node.type === 'image') {
    const alt = node.attrs['alt'];
    return typeof alt === 'string' && alt !== '' ? `[${alt}]` : '[picture]';
  }
  const inner = node.content.map(plainNode).join('');
  return BLOCKS.has(node.type) ? `${inner} ` : inner;
}

/** Plain text as rich text: a blank line begins a paragraph, a line break stays one. */
export function richFrom(text: string): Y.XmlFragment {
  const fragment = new Y.XmlFragment();
  const paragraphs = text.split(/\n\s*\n/).map(paragraphFrom);
  fragment.insert(0, paragraphs);
  return fragment;
}

function paragraphFrom(text: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  const lines = text.split('\n').flatMap((line, i): (Y.XmlElement | Y.XmlText)[] => {
    const words = line === '' ? [] : [new Y.XmlText(line)];
    return i === 0 ? words : [new Y.XmlElement('hardBreak'), ...words];
  });
  paragraph.insert(0, lines);
  return paragraph;
}

/** Puts a picture behind everything else, as a block of its own. */
export function appendPicture(fragment: Y.XmlFragment, src: string, alt: string): void {
  const image = new Y.XmlElement('image');
  image.setAttribute('src', src);
  image.setAttribute('alt', alt);
  fragment.push([image]);
}
