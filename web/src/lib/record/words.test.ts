import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bindWords, difference, follow } from './words.ts';

describe('the smallest difference', () => {
  it.each([
    ['', 'a', 1, { start: 0, removed: 0, inserted: 'a' }],
    ['aa', 'aaa', 1, { start: 0, removed: 0, inserted: 'a' }],
    ['aa', 'aaa', 3, { start: 2, removed: 0, inserted: 'a' }],
    ['the dog', 'the cat', 7, { start: 4, removed: 3, inserted: 'cat' }],
    ['abc', 'ac', 1, { start: 1, removed: 1, inserted: '' }],
    ['same', 'same', 0, { start: 4, removed: 0, inserted: '' }],
  ])('from %j to %j with the caret at %i', (before, after, caret, expected) => {
    const change = difference(before, after, caret);
    const { start, removed, inserted } = change;
    expect(before.slice(0, start) + inserted + before.slice(start + removed)).toBe(after);
    if (before !== after) expect(change).toEqual(expected);
  });

  it('never parts a surrogate pair', () => {
    const change = difference('x😀y', 'x😁y', 3);
    expect(change).toEqual({ start: 1, removed: 2, inserted: '😁' });
  });
});

describe('a position', () => {
  it.each([
    [3, [{ insert: 'ab' }], 5],
    [3, [{ retain: 3 }, { insert: 'ab' }], 3],
    [3, [{ retain: 1 }, { delete: 1 }], 2],
    [3, [{ retain: 1 }, { delete: 9 }], 1],
    [3, [{ retain: 1 }, { delete: 2 }, { insert: 'abc' }], 1],
    [0, [{ delete: 5 }], 0],
  ])('%i follows %j to %i', (position, delta, expected) => {
    expect(follow(position, delta)).toBe(expected);
  });
});

describe('a bound field', () => {
  let words: Y.Text;
  let field: HTMLTextAreaElement;

  beforeEach(() => {
    words = new Y.Doc().getText('words');
    words.insert(0, 'the pager rang');
    field = document.createElement('textarea');
    document.body.replaceChildren(field);
    bindWords(field, words);
    field.focus();
  });

  function type(value: string, caret: number, event = 'input'): void {
    field.value = value;
    field.setSelectionRange(caret, caret);
    field.dispatchEvent(new Event(event));
  }

  it('shows the words and writes what is typed, letter by letter', () => {
    expect(field.value).toBe('the pager rang');
    const deltas: unknown[] = [];
    words.observe((event) => deltas.push(event.delta));
    type('the red pager rang', 8);
    expect(words.toString()).toBe('the red pager rang');
    expect(deltas).toEqual([[{ retain: 4 }, { insert: 'red ' }]]);
  });

  it('keeps the caret where it was among the words when others write', () => {
    field.setSelectionRange(4, 9);
    words.insert(0, 'at noon ');
    words.insert(words.length, ' twice');
    expect(field.value).toBe('at noon the pager rang twice');
    expect([field.selectionStart, field.selectionEnd]).toEqual([12, 17]);
  });

  it('lets an input method finish, and loses neither side', () => {
    field.setSelectionRange(14, 14);
    field.dispatchEvent(new Event('compositionstart'));
    type('the pager rangに', 15);
    words.insert(0, 'then ');
    words.delete(5, 4);
    expect(field.value).toBe('the pager rangに');
    type('the pager rang日本', 16, 'compositionend');
    expect(words.toString()).toBe('then pager rang日本');
    expect(field.value).toBe('then pager rang日本');
    expect(field.selectionStart).toBe(17);
  });

  it('merges two people who type at once', () => {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(words.doc as Y.Doc));
    other.getText('words').insert(0, 'first ');
    type('the pager rang again', 20);
    Y.applyUpdate(words.doc as Y.Doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(words.doc as Y.Doc));
    expect(field.value).toBe('first the pager rang again');
    expect(other.getText('words').toString()).toBe(field.value);
  });
});
