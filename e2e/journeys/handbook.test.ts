import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { isFocused, tabTo } from '../harness/keyboard.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const HOUR = '/handbooks/60-minutes';

interface Read {
  readonly version: number;
  readonly handbook: { readonly steps: readonly { readonly id: string; readonly title: string }[] };
}

describe('the handbook', () => {
  let server: Server;
  let browsers: Browsers;
  let fay: Person;
  let gil: Person;
  let mia: Person;
  let page: Page;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    fay = await addPerson(server, 'Fay', 'facilitator');
    gil = await addPerson(server, 'Gil', 'facilitator');
    mia = await addPerson(server, 'Mia');
    page = await browsers.signedIn(fay);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const heading = (on: Page, level: 1 | 2, name: string | RegExp) =>
    on.getByRole('heading', { level, name }).waitFor();

  async function step(on: Page, name: string): Promise<void> {
    const parts = on.getByRole('navigation', { name: 'Parts of the handbook' });
    await parts.getByRole('button', { name }).click();
  }

  async function save(on: Page, reason: string): Promise<void> {
    await on.getByRole('button', { name: 'Save …' }).click();
    const dialog = on.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  }

  test('somebody new reads what will happen, and each word explains itself', async () => {
    const first = await browsers.signedIn(mia);
    await first.getByRole('link', { name: 'Your first post-mortem' }).click();
    await heading(first, 1, 'Your first post-mortem');
    const word = first.getByRole('button', { name: 'local rationality' });
    await tabTo(first, word);
    await first.keyboard.press('Enter');
    const note = first.getByText('What people did made sense to them');
    await note.waitFor();
    await check(first);
    await first.keyboard.press('Escape');
    await note.waitFor({ state: 'detached' });
    assert.ok(await isFocused(word));
    await first.keyboard.press('Space');
    await first.keyboard.press('Tab');
    await first.keyboard.press('Enter');
    await heading(first, 1, 'Glossary');
    await first.getByText('It is not kindness, it is a method').waitFor();
    await check(first);
    await first.context().close();
  });

  test('a member reads it but cannot edit it', async () => {
    const reader = await browsers.signedIn(mia);
    await reader.getByRole('link', { name: 'Handbook', exact: true }).click();
    await heading(reader, 1, 'Handbook');
    await check(reader);
    assert.equal(await reader.getByRole('button', { name: /^More about/ }).count(), 0);
    await reader.getByRole('link', { name: '60 minutes', exact: true }).click();
    await heading(reader, 1, '60 minutes');
    await heading(reader, 2, 'Look further back');
    await check(reader);
    assert.equal(await reader.getByRole('link', { name: 'Edit' }).count(), 0);
    await reader.goto(`${HOUR}/edit`);
    await reader.getByText('Handbooks are changed by facilitators').waitFor();
    await reader.context().close();
  });

  test('a facilitator changes a step, and what changed is seen beside the reason', async () => {
    await page.goto(HOUR);
    await page.getByRole('link', { name: 'Edit' }).click();
    await step(page, 'Look further back');
    await check(page);
    await page.getByLabel('Title', { exact: true }).fill('A week back');
    await page.getByLabel('Minutes', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Add a check' }).click();
    await page.keyboard.type('Has support been asked?');
    await page.getByText('62 minutes in 11 steps. Your changes are kept').waitFor();
    await page.getByRole('button', { name: 'Save …' }).click();
    await check(page);
    await page.keyboard.press('Escape');
    await save(page, 'Five minutes were never enough.');
    await heading(page, 2, 'A week back');
    await page.getByText('Has support been asked?').waitFor();

    await page.getByRole('link', { name: 'All versions' }).click();
    await page.getByText('“Five minutes were never enough.”').waitFor();
    const changes = page.getByRole('list', { name: 'Changes' });
    await changes.getByRole('heading', { name: /A week back/ }).waitFor();
    await changes.locator('del', { hasText: 'Look further back' }).waitFor();
    await changes.locator('ins', { hasText: 'Has support been asked?' }).waitFor();
    await check(page);
    await page.getByRole('link', { name: 'Read this version' }).click();
    await heading(page, 2, 'A week back');
    await page.goto(`${HOUR}?version=1`);
    await heading(page, 2, 'Look further back');
    await page.getByText('This is how it read in version 1.').waitFor();
  });

  test('what is not saved yet is there again after the page was left', async () => {
    await page.goto(`${HOUR}/edit`);
    await step(page, 'Welcome');
    await page.getByLabel('Purpose').fill('Everybody knows that they may ask.');
    await page.getByText('Your changes are kept in this browser.').waitFor();
    await page.goto(HOUR);
    await page.getByRole('link', { name: 'Go on editing' }).click();
    await page.getByText(/Your unsaved changes of .* are here again/).waitFor();
    await step(page, 'Welcome');
    assert.equal(
      await page.getByLabel('Purpose').inputValue(),
      'Everybody knows that they may ask.',
    );
  });

  test('a save that comes too late is refused and loses nothing', async () => {
    const read = await gil.api.get<Read>(HOUR);
    const handbook = {
      ...read.handbook,
      steps: read.handbook.steps.map((it) => (it.id === 'close' ? { ...it, title: 'Thanks' } : it)),
    };
    const body = { handbook, reason: 'Said as it is meant.' };
    await gil.api.must(200, 'PUT', HOUR, body, { 'if-match': `"${read.version}"` });

    await save(page, 'So that new people ask.');
    await page.getByRole('heading', { name: `Gil saved version ${read.version + 1}` }).waitFor();
    await page
      .getByRole('list', { name: 'Changes' })
      .locator('ins', { hasText: 'Thanks' })
      .waitFor();
    assert.equal(
      await page.getByLabel('Purpose').inputValue(),
      'Everybody knows that they may ask.',
    );
    assert.equal((await gil.api.get<Read>(HOUR)).version, read.version + 1);
    await check(page);

    await page.getByRole('button', { name: 'Bring both together' }).click();
    await save(page, 'So that new people ask.');
    await page.getByText('Everybody knows that they may ask.').waitFor();
    await heading(page, 2, 'Thanks');
    const now = await gil.api.get<Read>(HOUR);
    assert.equal(now.version, read.version + 2);
    assert.equal(now.handbook.steps.at(-1)?.title, 'Thanks');
  });

  test('steps are put into another order by the keyboard alone', async () => {
    await page.goto(`${HOUR}/edit`);
    const parts = page.getByRole('navigation', { name: 'Parts of the handbook' });
    const gaps = parts.getByRole('button', { name: /What is still missing/ });
    await tabTo(page, gaps);
    await page.keyboard.press('Alt+ArrowUp');
    await until('it stands before the step that was before it', async () => {
      const titles = await parts.getByRole('listitem').allInnerTexts();
      return titles.findIndex((it) => it.includes('What is still missing')) === 2;
    });
    await until('the focus stays on it', () => isFocused(gaps));
    await page.getByRole('button', { name: 'Put changes away' }).click();
    await page.getByText('Nothing is changed.').waitFor();
  });

  test('a handbook of one’s own begins as a copy, and is retired and brought back', async () => {
    await page.goto('/handbooks');
    await page.getByRole('button', { name: /^More about Light path/ }).click();
    await page.getByRole('menuitem', { name: 'Make a copy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What is it called?').fill('Payments');
    await dialog.getByRole('button', { name: 'Copy and edit' }).click();
    await page.getByText('30 minutes in 6 steps.').waitFor();
    await page.goto('/handbooks');
    await page.getByRole('button', { name: 'More about Payments' }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    await page.getByText('Retired', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page
      .getByRole('list', { name: 'Handbooks' })
      .getByRole('heading', { name: 'Payments' })
      .waitFor();
  });
});
