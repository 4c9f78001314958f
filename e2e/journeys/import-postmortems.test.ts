import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';

const STORY = [
  '---',
  'title: Checkout was down <script>document.title = "taken over"</script>',
  'date: 2026-03-01',
  '---',
  '## Summary',
  '<img src="x" onerror="document.title = \'taken over\'"> Carts were empty.',
  '## Timeline',
  '- 18:43 CST it is down',
  '- 18:50 CST it is up',
  '## Root cause',
  '- The key had no tenant.',
].join('\n');

describe('post-mortems that a team has as files', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let folder: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'member');
    page = await browsers.signedIn(ada);
    folder = await mkdtemp(join(tmpdir(), 'afterword-import-'));
    await mkdir(join(folder, '2026'));
    await writeFile(join(folder, '2026', 'checkout.md'), STORY);
    await writeFile(join(folder, 'notes.md'), 'apples, pears\n');
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const postmortems = async () =>
    (await ada.api.get<{ items: { id: string }[] }>('/postmortems')).items;

  test('a folder is looked at before anything is stored, and then imported', async () => {
    await page.goto('/import');
    await page.getByLabel('A folder').setInputFiles(folder);
    await page.getByText('1 ready to import, 1 left out.').waitFor();
    const row = page.getByRole('listitem', { name: /^Checkout was down/ });
    await row.getByText('2 entries, 1 finding, the summary').click();
    await row.getByText('CST is UTC-6 in Chicago or UTC+8 in China.').waitFor();
    assert.equal((await postmortems()).length, 0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await check(page);
    }

    await page.getByLabel('Time zone').fill('America/Chicago');
    await page.getByRole('button', { name: 'Read the files again' }).click();
    await row.getByText('CST is UTC-6').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Import 1 post-mortem' }).click();
    await page.getByText('1 imported, 1 left out.').waitFor();
    const [only, ...more] = await postmortems();
    assert.ok(only !== undefined && more.length === 0);

    await page.goto('/import');
    await page.getByLabel('Files').setInputFiles(join(folder, '2026', 'checkout.md'));
    await page.getByText('1 here already.').waitFor();
    await page.getByRole('link', { name: /^Checkout was down/ }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('it is up').first().waitFor();
    assert.doesNotMatch(await page.title(), /^taken over/);
  });
});
