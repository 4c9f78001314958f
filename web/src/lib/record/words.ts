import type * as Y from 'yjs';
import { LOCAL } from './edit.ts';

type Field = HTMLTextAreaElement | HTMLInputElement;

interface Piece {
  retain?: number;
  delete?: number;
  insert?: unknown;
}

/** A piece of text replaced by another. */
export interface Replacement {
  readonly start: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * The smallest replacement that leads from one text to the other. Where several do ("aa" to
 * "aaa"), the one that ends at the caret is what was typed.
 */
export function difference(before: string, after: string, caret: number): Replacement {
  const longest = Math.min(before.length, after.length);
  const grown = after.length - before.length;
  let end = 0;
  const endLimit = Math.min(longest, after.length - caret);
  while (end < endLimit && before.at(-1 - end) === after.at(-1 - end)) end++;
  let start = 0;
  while (start < longest - end && before[start] === after[start]) start++;
  while (end < longest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  // Half a surrogate pair is no letter: Yjs would replace it.
  if (start > 0 && isHigh(before, start - 1)) start--;
  if (end > 0 && isHigh(before, before.length - end - 1)) end--;
  return {
    start,
    removed: before.length - start - end,
    inserted: after.slice(start, start + before.length - start - end + grown),
  };
}

function isHigh(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Where a position stands after a change; text put in just there comes behind it. */
export function follow(position: number, delta: readonly Piece[]): number {
  let at = 0;
  let now = position;
  for (const piece of delta) {
    if (at >= now && piece.delete === undefined) break;
    if (piece.retain !== undefined) at += piece.retain;
    else if (typeof piece.insert === 'string') {
      at += piece.insert.length;
      now += piece.insert.length;
    } else if (piece.delete !== undefined) now -= Math.max(0, Math.min(piece.delete, now - at));
  }
  return now;
}

/**
 * Keeps a field and shared words the same, both ways, letter by letter. While an input method
 * composes, the field is left alone; what others write meanwhile comes in when it is done.
 */
export function bindWords(field: Field, words: Y.Text): () => void {
  let known = words.toString();
  let composing = false;
  let missed: Piece[][] = [];
  field.value = known;

  const push = () => {
    const change = difference(known, field.value, field.selectionEnd ?? field.value.length);
    const { inserted } = change;
    const start = missed.reduce(follow, change.start);
    const end = missed.reduce(follow, change.start + change.removed);
    words.doc?.transact(() => {
      if (end > start) words.delete(start, end - start);
      if (inserted !== '') words.insert(start, inserted);
    }, LOCAL);
  };

  const show = (carets: readonly [number, number]) => {
    known = words.toString();
    if (field.value === known) return;
    field.value = known;
    // An event of our own: what others write is no input here.
    field.dispatchEvent(new Event('words'));
    if (field.ownerDocument.activeElement === field) field.setSelectionRange(...carets);
  };

  const onInput = () => {
    if (composing) return;
    push();
    known = words.toString();
  };

  const onWords = (event: Y.YTextEvent) => {
    const delta = event.delta as Piece[];
    if (composing) {
      missed.push(delta);
      return;
    }
    const { selectionStart, selectionEnd } = field;
    show([follow(selectionStart ?? 0, delta), follow(selectionEnd ?? 0, delta)]);
  };

  const onCompositionStart = () => {
    composing = true;
    missed = [];
  };

  const onCompositionEnd = () => {
    const others = [...missed];
    const { selectionStart, selectionEnd } = field;
    push();
    composing = false;
    missed = [];
    show([others.reduce(follow, selectionStart ?? 0), others.reduce(follow, selectionEnd ?? 0)]);
  };

  field.addEventListener('input', onInput);
  field.addEventListener('compositionstart', onCompositionStart);
  field.addEventListener('compositionend', onCompositionEnd);
  words.observe(onWords);
  return () => {
    // Composed letters that were not yet ended are words all the same.
    if (composing) push();
    field.removeEventListener('input', onInput);
    field.removeEventListener('compositionstart', onCompositionStart);
    field.removeEventListener('compositionend', onCompositionEnd);
    words.unobserve(onWords);
  };
}
