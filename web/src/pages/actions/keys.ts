import { isTyping } from '../room/keys.ts';

export type Command =
  | { readonly do: 'step'; readonly by: -1 | 1 }
  | { readonly do: 'aside'; readonly by: -1 | 1 }
  | { readonly do: 'move'; readonly by: -1 | 1 }
  | { readonly do: 'state' }
  | { readonly do: 'search' };

const PLAIN: Readonly<Record<string, Command>> = {
  j: { do: 'step', by: 1 },
  k: { do: 'step', by: -1 },
  ArrowDown: { do: 'step', by: 1 },
  ArrowUp: { do: 'step', by: -1 },
  h: { do: 'aside', by: -1 },
  l: { do: 'aside', by: 1 },
  ArrowLeft: { do: 'aside', by: -1 },
  ArrowRight: { do: 'aside', by: 1 },
  s: { do: 'state' },
  '/': { do: 'search' },
};

/** With Shift the action goes along. */
const SHIFTED: Readonly<Record<string, Command>> = {
  ArrowLeft: { do: 'move', by: -1 },
  ArrowRight: { do: 'move', by: 1 },
  // Where the stroke needs Shift.
  '/': { do: 'search' },
};

/** What a key asks of the page; nothing where it is text or the browser's. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  const away = event.defaultPrevented || event.isComposing || ctrlKey || metaKey || altKey;
  if (away || isTyping(target) || isInMenu(target)) return undefined;
  const known = shiftKey ? SHIFTED : PLAIN;
  const command = Object.hasOwn(known, key) ? known[key] : undefined;
  // An arrow scrolls the page, unless one of the actions has the focus.
  return key.startsWith('Arrow') && !isOnAction(target) ? undefined : command;
}

function isInMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="menu"], dialog') !== null;
}

function isOnAction(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-action]') !== null;
}

/** The link of each action on the page, in its order. */
export function links(within: ParentNode = document): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>('[data-action] a.title')];
}

/** Moves the focus along the actions. */
export function step(by: -1 | 1, within: ParentNode = document): void {
  const all = links(within);
  const here = focused();
  const at = here === null ? -1 : all.findIndex((link) => here.contains(link));
  const to =
    at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[to]?.focus();
}

/** The action that has the focus. */
export function focused(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-action]') ?? null;
}

/** Puts the focus on an action, if it is there. */
export function focusAction(id: string): void {
  document.querySelector<HTMLElement>(`[data-action="${CSS.escape(id)}"] a.title`)?.focus();
}

/** Opens the menu of states of the action that has the focus. */
export function openStates(): void {
  focused()?.querySelector<HTMLElement>('[data-states] button')?.click();
}
