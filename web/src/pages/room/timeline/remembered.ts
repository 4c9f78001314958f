import { KINDS, type Kind } from '#lib/record/types.ts';

const KEY = 'afterword:capture';

export interface Remembered {
  readonly kind: Kind;
  readonly lane: string | null;
}

/** What was chosen last for a new entry, in this browser. */
export function remembered(): Remembered {
  const fallback: Remembered = { kind: 'observed', lane: null };
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof found !== 'object' || found === null) return fallback;
    const { kind, lane } = found as Record<string, unknown>;
    return {
      kind: KINDS.find((known) => known === kind) ?? fallback.kind,
      lane: typeof lane === 'string' ? lane : null,
    };
  } catch {
    return fallback;
  }
}

export function remember(choice: Remembered): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Not remembering is no loss worth a word.
  }
}
