import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers } from '../harness/browser.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { zip } from '../harness/zip.ts';

interface Listed {
  readonly items: readonly { at: string; title: string; kind: string; actor: string | null }[];
}

const TABLE = [
  'Time;Summary;Component',
  '2026-03-01 18:43;Checkout is slow;shop',
  'soon;Checkout is slower;shop',
  '2026-03-01 18:50;Checkout is down;shop',
].join('\n');

describe('evidence that people have as files', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'member');
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('a table is looked at first, and then imported', async () => {
    await page.goto('/import');
    await page.getByRole('tab', { name: 'A table' }).click();
    const buffer = Buffer.from(TABLE);
    await page
      .getByLabel('The table', { exact: true })
      .setInputFiles({ name: 'Shift log.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('cell', { name: 'Checkout is slow', exact: true }).waitFor();
    await page.getByText('Left out: “soon” is no time').waitFor();
    assert.equal(await page.getByLabel('What happened').inputValue(), 'Summary');

    await page.getByLabel('What happened').selectOption('');
    await page.getByText('Choose the columns that say when and what happened.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Import all rows' }).isDisabled());
    await page.getByLabel('What happened').selectOption('Summary');
    await page.getByLabel('The rows are').selectOption('alert');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByRole('button', { name: 'Import all rows' }).click();
    await page.getByText('2 events came in. One could not be read and was left out.').waitFor();
    await page.getByText('What was left out, and why').click();
    await page.getByText('Line 3: soon').waitFor();

    const { items } = await ada.api.get<Listed>('/events?source=shift-log&kind=alert');
    assert.deepEqual(
      items.map(({ at, title }) => `${at} ${title}`),
      ['2026-03-01T17:50:00Z Checkout is down', '2026-03-01T17:43:00Z Checkout is slow'],
    );
    await page.getByRole('button', { name: 'Import all rows' }).click();
    await page.getByText('All 2 events were here already; nothing is stored twice.').waitFor();
  });

  test('an export of Slack is imported with the names of its people', async () => {
    const said = { type: 'message', user: 'U1', ts: '1772390580.000100', text: 'It is <#C1>' };
    const buffer = zip({
      'users.json': JSON.stringify([{ id: 'U1', profile: { display_name: 'Grace' } }]),
      'channels.json': JSON.stringify([{ id: 'C1', name: 'checkout' }]),
      'checkout/2026-03-01.json': JSON.stringify([said]),
    });
    await page.goto('/import');
    await page.getByRole('tab', { name: 'Slack’s export' }).click();
    await page
      .getByLabel('Slack’s export', { exact: true })
      .and(page.locator('input'))
      .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer });
    await page.getByRole('button', { name: 'Import it' }).click();
    await page.getByText('1 event came in.').waitFor();
    const { items } = await ada.api.get<Listed>('/events?source=slack');
    assert.deepEqual(
      items.map(({ title, actor }) => `${actor}: ${title}`),
      ['Grace: It is #checkout'],
    );
  });

  test('what is no export is refused in words', async () => {
    await page.goto('/import');
    await page.getByRole('tab', { name: 'Slack’s export' }).click();
    await page
      .getByLabel('Slack’s export', { exact: true })
      .and(page.locator('input'))
      .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from('x') });
    await page.getByRole('button', { name: 'Import it' }).click();
    await page.getByRole('alert').getByText('This is not a ZIP file that can be read').waitFor();
  });

  test('for commits there is the command to run', async () => {
    await page.goto('/import');
    await page.getByRole('tab', { name: 'Commits' }).click();
    await page.getByText(`AFTERWORD_URL=${server.address}`).waitFor();
  });
});
