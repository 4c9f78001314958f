import assert from 'node:assert/strict';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Person } from './people.ts';
import type { Server } from './server.ts';

const PATIENCE = 20_000;

/** One Chromium, in which each person has a profile of their own. */
export class Browsers {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #failures: string[] = [];

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
  }

  static async start(server: Server): Promise<Browsers> {
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      // Its sandbox refuses to run as root, which tests in containers are.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    return new Browsers(browser, server);
  }

  /** A fresh profile, in which nobody is signed in. */
  async stranger(): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.#server.address,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#failures.push(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.#failures.push(message.text());
    });
    return page;
  }

  /** A profile in which this person has signed in by password. */
  async signedIn(person: Person): Promise<Page> {
    const page = await this.stranger();
    await signIn(page, person);
    return page;
  }

  /** No page threw an error, nor wanted what its policy forbids. */
  async stop(): Promise<void> {
    await this.#browser.close();
    assert.deepEqual(this.#failures, []);
  }
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** The whole browser profile loses its network, or has it again. */
export function setOffline(page: Page, offline: boolean): Promise<void> {
  const context: BrowserContext = page.context();
  return context.setOffline(offline);
}
