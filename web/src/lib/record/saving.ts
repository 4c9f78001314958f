/** What the page may say about the reader's own edits. */
export type Saving =
  | { readonly kind: 'opening' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly edits: number }
  /** The server answers, but has not stored the edits for long, or said that it cannot. */
  | {
      readonly kind: 'waiting';
      readonly detail: string;
      readonly edits: number;
      readonly kept: boolean;
    }
  /** `kept`: the edits survive closing the tab. */
  | { readonly kind: 'offline'; readonly edits: number; readonly kept: boolean }
  | {
      readonly kind: 'refused';
      readonly why: Refusal;
      readonly detail: string;
      readonly edits: number;
      readonly kept: boolean;
    };

export type Refusal = 'signed_out' | 'not_permitted' | 'missing' | 'malformed' | 'too_large';

/** Close codes after which trying again by itself would only be refused again. */
const REFUSALS: ReadonlyMap<number, Refusal> = new Map([
  [4400, 'malformed'],
  [4401, 'signed_out'],
  [4403, 'not_permitted'],
  [4404, 'missing'],
  [4413, 'too_large'],
]);

/** The server could not store a frame; it wants it again. */
export const NOT_STORED = 1011;

export function refusalOf(code: number): Refusal | null {
  return REFUSALS.get(code) ?? null;
}
