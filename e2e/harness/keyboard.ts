import type { Locator, Page } from 'playwright-core';

const MOST_TABS = 80;

/** Presses Tab until the focus is there, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} cannot be reached with ${MOST_TABS} tabs`);
}

export async function isFocused(target: Locator): Promise<boolean> {
  await target.waitFor();
  return target.evaluate((element) => element === document.activeElement);
}
