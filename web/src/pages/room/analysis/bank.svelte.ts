import { problemFrom } from '#api/problem.ts';
import { type PromptGroup, readBank } from '#lib/analysis/bank.ts';
import { answerOrKept } from '#lib/kept/answers.ts';
import type { Tag } from '#lib/record/types.ts';

/** The handbook whose prompt cards are at hand where a post-mortem has none of its own. */
const HANDBOOK = '60-minutes';

/** The prompt cards, and the lens through which the room looks at the moment. */
class Bank {
  groups = $state.raw<readonly PromptGroup[]>([]);
  /** The group that was chosen last. */
  group = $state<string | null>(null);
  #asked = false;

  get lens(): Tag | null {
    return this.groups.find(({ id }) => id === this.group)?.lens ?? null;
  }

  /** Asks for the cards once; without them there is nothing to show, and nothing to say. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const { value } = await answerOrKept(`handbook:${HANDBOOK}`, ask);
      this.groups = readBank(value);
    } catch {
      this.#asked = false;
    }
  }
}

async function ask(signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api/v1/handbooks/${HANDBOOK}`, { signal });
  if (!response.ok) throw await problemFrom(response);
  return response.json();
}

export const bank = new Bank();
