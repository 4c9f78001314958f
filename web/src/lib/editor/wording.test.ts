import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { vocabulary } from './vocabulary.ts';
import { blocksOf } from './wording.ts';

const schema = getSchema(vocabulary);

function docOf(...content: object[]) {
  return schema.nodeFromJSON({ type: 'doc', content });
}

const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, marks });
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });

describe('the texts of a document that are its writer’s own', () => {
  it('stand where the document has them', () => {
    const doc = docOf(paragraph(text('the 🦀 '), text('typo', { type: 'bold' })), {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [paragraph(text('a mistake'))] }],
    });
    const blocks = blocksOf(doc);
    expect(blocks.map(({ text: words }) => words)).toEqual(['the 🦀 typo', 'a mistake']);
    for (const { from, text: words } of blocks) {
      expect(doc.textBetween(from, from + words.length)).toBe(words);
    }
  });

  it('have something else in the place of code, links and pictures, of the same length', () => {
    const doc = docOf(
      paragraph(
        text('a '),
        text('typo', { type: 'code' }),
        text(' b '),
        text('the fault', { type: 'link', attrs: { href: 'https://chat.example/1' } }),
        { type: 'hardBreak' },
        text('blame'),
      ),
    );
    const [block] = blocksOf(doc);
    expect(block?.text).toBe(`a ${'\ufffc'.repeat(4)} b ${'\ufffc'.repeat(9)}\nblame`);
    expect(block?.text.length).toBe(doc.firstChild?.content.size);
  });

  it('are not in quotations and blocks of code', () => {
    const doc = docOf(
      { type: 'blockquote', content: [paragraph(text('it was a mistake'))] },
      { type: 'codeBlock', content: [{ type: 'text', text: 'operator error' }] },
      { type: 'heading', attrs: { level: 3 }, content: [text('The typo')] },
    );
    expect(blocksOf(doc).map(({ text: words }) => words)).toEqual(['The typo']);
  });
});
