import { SvelteSet } from 'svelte/reactivity';

/** What its writer called fine, in this tab and until it is closed. */
const dismissed = new SvelteSet<string>();

function key(owner: string, words: string): string {
  return `${owner}\n${words.toLowerCase()}`;
}

/** `owner`: the text in which the words stand. */
export function dismiss(owner: string, words: string) {
  dismissed.add(key(owner, words));
}

export function isDismissed(owner: string, words: string): boolean {
  return dismissed.has(key(owner, words));
}
