import type { Kind, NodeKind, Tag } from '../record/types.ts';
import { fits, type Prompt, type PromptGroup } from './bank.ts';

export interface Why {
  /** Names the question, so that it is offered the same "how" for as long as it is written. */
  readonly id: string;
  /** The sort of moment that it is about. */
  readonly kind: Kind | null;
  readonly lens: Tag | null;
  /** How often another one was asked for. */
  readonly turn: number;
}

/** Whether a question asks why: such questions often lead to a person. */
export function asksWhy(node: { readonly kind: NodeKind; readonly text: string }): boolean {
  return node.kind === 'question' && /^\s*why\b/i.test(node.text);
}

/**
 * A question from the prompt bank that fits where a "why" stands: through its lens, and for its
 * kind of moment, as far as there are such. The same for the same question, another for another.
 */
export function howBeside(bank: readonly PromptGroup[], why: Why): string | null {
  const through = bank.filter(({ lens }) => why.lens !== null && lens === why.lens);
  const cards = cardsIn(through, why.kind);
  const found = cards.length > 0 ? cards : cardsIn(bank, why.kind);
  if (found.length === 0) return null;
  const start = hash(why.id) % found.length;
  return found[(start + why.turn) % found.length]?.text ?? null;
}

/** Those that were written for this kind of moment; all that fit, if there are none. */
function cardsIn(groups: readonly PromptGroup[], kind: Kind | null): Prompt[] {
  const all = groups.flatMap(({ prompts }) => prompts).filter((prompt) => fits(prompt, kind));
  const meant = all.filter(({ kinds }) => kind !== null && kinds.includes(kind));
  return meant.length > 0 ? meant : all;
}

/** FNV-1a: spreads ids that differ in few letters. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}
