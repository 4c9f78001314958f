import { KINDS, type Kind, TAGS, type Tag } from '../record/types.ts';

/** A question that opens; `kinds` are the sorts of moment that it fits best, all if there are none. */
export interface Prompt {
  readonly text: string;
  readonly kinds: readonly Kind[];
}

/** Prompt cards that look through one lens. */
export interface PromptGroup {
  readonly id: string;
  readonly title: string;
  readonly lens: Tag | null;
  readonly prompts: readonly Prompt[];
}

/** The prompt cards of a handbook, as far as they can be read. */
export function readBank(handbook: unknown): PromptGroup[] {
  const groups = record(handbook)['prompts'] ?? record(record(handbook)['handbook'])['prompts'];
  return list(groups).flatMap((value) => {
    const { id, title, lens, prompts } = record(value);
    if (typeof id !== 'string' || typeof title !== 'string') return [];
    const cards = list(prompts).flatMap(readPrompt);
    return [{ id, title, lens: TAGS.find((tag) => tag === lens) ?? null, prompts: cards }];
  });
}

function readPrompt(value: unknown): Prompt[] {
  const { text, kinds } = record(value);
  if (typeof text !== 'string' || text === '') return [];
  return [{ text, kinds: KINDS.filter((kind) => list(kinds).includes(kind)) }];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a card fits a moment of this kind. */
export function fits(prompt: Prompt, kind: Kind | null): boolean {
  return prompt.kinds.length === 0 || kind === null || prompt.kinds.includes(kind);
}

/** The cards of a group, those that were written for this kind of moment first. */
export function cardsFor(group: PromptGroup, kind: Kind | null): Prompt[] {
  const meant = (prompt: Prompt) => (kind !== null && prompt.kinds.includes(kind) ? 0 : 1);
  return group.prompts.filter((prompt) => fits(prompt, kind)).sort((a, b) => meant(a) - meant(b));
}
