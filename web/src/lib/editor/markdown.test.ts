import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { plain, readRich } from '#lib/record/rich.ts';
import { richFromMarkdown } from './markdown.ts';
import { fits } from './vocabulary.ts';

function read(markdown: string) {
  const doc = new Y.Doc();
  doc.getMap('entry').set('text', richFromMarkdown(markdown));
  return readRich(doc.getMap('entry').get('text') as Y.XmlFragment);
}

it('reads emphasis and links, and keeps HTML as text', () => {
  const nodes = read(
    'The **red** one, see [4411](https://example.com/4411) <b onclick="x()">now</b>',
  );
  expect(plain(nodes)).toBe('The red one, see 4411 <b onclick="x()">now</b>');
  expect(JSON.stringify(nodes)).toContain('"href":"https://example.com/4411"');
  expect(JSON.stringify(nodes)).toContain('"type":"bold"');
  expect(fits(nodes)).toBe(true);
});

it('refuses to open what it would lose', () => {
  expect(fits([{ type: 'table', attrs: {}, content: [] }])).toBe(false);
  expect(fits([])).toBe(true);
});
