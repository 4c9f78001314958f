import { tick } from 'svelte';

/** Goes to an action's card, as a link from elsewhere does. */
export async function focusCard(id: string): Promise<void> {
  await tick();
  const card = cardOf(id);
  card?.scrollIntoView({ block: 'center' });
  card?.querySelector<HTMLElement>('textarea')?.focus({ preventScroll: true });
}

/** An action that is declined goes to a list of its own: the writer goes along, to the reason. */
export async function focusReason(id: string): Promise<void> {
  await tick();
  cardOf(id)?.querySelector<HTMLElement>('.reason textarea')?.focus();
}

function cardOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-action="${CSS.escape(id)}"]`);
}
