import { generateJSON, getSchema } from '@tiptap/core';
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { html } from '#lib/markdown/html.ts';
import { vocabulary } from './vocabulary.ts';

/** Markdown as rich text. Raw HTML in it stays what it is: text. */
export function richFromMarkdown(text: string): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment('text');
  prosemirrorJSONToYXmlFragment(
    getSchema(vocabulary),
    generateJSON(html(text), vocabulary),
    fragment,
  );
  return fragment.clone();
}
