import type { JSONContent } from '@tiptap/core';
import { type Extensions, getSchema, Mark, mergeAttributes } from '@tiptap/core';
import Blockquote from '@tiptap/extension-blockquote';
import Bold from '@tiptap/extension-bold';
import Code from '@tiptap/extension-code';
import CodeBlock from '@tiptap/extension-code-block';
import Document from '@tiptap/extension-document';
import HardBreak from '@tiptap/extension-hard-break';
import Heading from '@tiptap/extension-heading';
import HorizontalRule from '@tiptap/extension-horizontal-rule';
import Image from '@tiptap/extension-image';
import Italic from '@tiptap/extension-italic';
import Link from '@tiptap/extension-link';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import Paragraph from '@tiptap/extension-paragraph';
import Strike from '@tiptap/extension-strike';
import Text from '@tiptap/extension-text';
import { isText } from '#lib/record/rich.ts';
import type { RichNode } from '#lib/record/types.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    withheld: { toggleWithheld: () => ReturnType };
  }
}

/** Words that stay in the record and are never published. */
const Withheld = Mark.create({
  name: 'withheld',
  // What is typed behind withheld words is not withheld by accident.
  inclusive: false,
  parseHTML: () => [{ tag: 'span[data-withheld]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'withheld', 'data-withheld': '' }),
    0,
  ],
  addCommands() {
    return {
      toggleWithheld:
        () =>
        ({ commands }) =>
          commands.toggleMark(this.name),
    };
  },
});

/** The nodes and marks of the record format, and no others. */
export const vocabulary: Extensions = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [1, 2, 3, 4] }),
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Blockquote,
  CodeBlock,
  HorizontalRule,
  HardBreak,
  Image.configure({ inline: false }),
  Bold,
  Italic,
  Strike,
  Code,
  Link.configure({ openOnClick: false, defaultProtocol: 'https', protocols: ['mailto'] }),
  Withheld,
];

const schema = getSchema(vocabulary);

/**
 * Whether the editor can show all of a text. One that it cannot must not be opened in it: what
 * does not fit the schema would be taken out of the record.
 */
export function fits(nodes: readonly RichNode[]): boolean {
  try {
    schema.nodeFromJSON({ type: 'doc', content: filled(nodes) }).check();
    return true;
  } catch {
    return false;
  }
}

function filled(nodes: readonly RichNode[]): JSONContent[] {
  return nodes.length === 0 ? [{ type: 'paragraph' }] : nodes.map(json);
}

function json(node: RichNode): JSONContent {
  if (isText(node)) {
    const marks = node.marks.map(({ type, attrs }) => ({ type, attrs: { ...attrs } }));
    return { type: 'text', text: node.text, marks };
  }
  return { type: node.type, attrs: { ...node.attrs }, content: node.content.map(json) };
}
