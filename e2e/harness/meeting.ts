import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** The meeting on somebody's page of a room. */
export class MeetingPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get strip(): Locator {
    return this.page.getByRole('region', { name: 'The meeting' });
  }

  /** The page is at the step with this title. */
  async isAt(title: string): Promise<void> {
    await this.strip.getByText(title, { exact: true }).waitFor();
  }

  get timer(): Locator {
    return this.strip.getByRole('timer');
  }

  /** What the timer shows, in seconds; below 0 once the step's time is over. */
  async secondsLeft(): Promise<number> {
    const text = (await this.timer.innerText()).trim().split('\n').at(-1) ?? '';
    const [, over, minutes, seconds] = /(\+?)(\d+):(\d\d)$/.exec(text) ?? [];
    const whole = Number(minutes) * 60 + Number(seconds);
    return over === '+' ? -whole : whole;
  }

  /** Opens the words for the step, if they are not open. */
  async guide(): Promise<Locator> {
    const button = this.strip.locator('[aria-controls="guide"]');
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    return this.page.locator('#guide');
  }

  /** Goes to the next step, past the checks of this one. */
  async next(): Promise<void> {
    await this.strip.getByRole('button', { name: /^Next: / }).click();
    const dialog = this.page.getByRole('dialog', { name: /^Before we go on/ });
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).click();
  }
}

/** All pages count the same step down to the same second, give or take one. */
export async function sameTime(pages: readonly MeetingPage[]): Promise<void> {
  await until('all timers agree', async () => {
    const left = await Promise.all(pages.map((page) => page.secondsLeft()));
    return Math.max(...left) - Math.min(...left) <= 1;
  });
}
