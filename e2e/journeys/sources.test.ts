import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

describe('an administrator sets up a source', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let grace: Person;
  let page: Page;
  let address: string;
  let secret: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'admin');
    grace = await addPerson(server, 'Grace');
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const row = (): Locator =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Deployer' }) });

  const send = (body: string, token = secret) =>
    fetch(address, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });

  async function choose(item: string): Promise<Locator> {
    await page.getByRole('button', { name: 'More about Deployer' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    return page.getByRole('dialog');
  }

  test('a room without any source says who can set one up', async () => {
    const gracesPage = await browsers.signedIn(grace);
    const postmortem = await openPostmortem(grace, 'Nobody knows yet');
    await RoomPage.open(gracesPage, postmortem);
    const tray = gracesPage.getByRole('region', { name: 'Evidence' });
    await tray.getByText('An administrator can set them up, under Sources: Ada.').waitFor();
    await gracesPage.goto('/sources');
    await gracesPage.getByText('only administrators set them up').waitFor();
  });

  test('it gets an address and a secret to enter in the tool', async () => {
    await page.getByRole('button', { name: /your account$/ }).click();
    await page.getByRole('menuitem', { name: 'Sources' }).click();
    await page.getByRole('button', { name: 'Add a source' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tool').selectOption({ label: 'JSON' });
    await dialog.getByLabel('Name').fill('Deployer');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Copy the secret' }).waitFor();
    await check(page);
    [address = '', secret = ''] = await dialog.locator('dd code').allInnerTexts();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await row().getByText('Nothing has arrived yet.').waitFor();
  });

  test('what it sends, and what is not believed or not read, stands there', async () => {
    assert.equal((await send('{"title": "x"}', 'not the secret')).status, 401);
    const unread = await send('{"titel": "Deployed", "password": "hunter2 hunter2"}');
    assert.ok(unread.ok, `${unread.status}`);
    const deploy = { title: 'Deployed 480', kind: 'change', at: '2026-03-01T18:25:00Z' };
    assert.ok((await send(JSON.stringify(deploy))).ok);
    await page.reload();
    await row()
      .getByText(/^Last event .* 1 event in the last week/)
      .waitFor();
    await row().getByText('1 message refused').waitFor();
    await row().getByText('1 message could not be read').waitFor();

    const dialog = await choose('What did not become evidence');
    await dialog.getByText('The message', { exact: true }).click();
    await dialog.getByText('"titel": "Deployed"').waitFor();
    assert.equal(await dialog.getByText('hunter2').count(), 0);
    await check(page);
    await dialog.getByRole('button', { name: /^Replay/ }).click();
    await page.getByText('`title`').last().waitFor();
    await page.keyboard.press('Escape');
  });

  test('its clock is corrected, and that is taken back', async () => {
    const dialog = await choose('Correct its clock');
    await dialog.getByLabel('From, as the clock said').fill('2026-03-01 18:00Z');
    await dialog.getByLabel('Until, as the clock said').fill('2026-03-01 19:00Z');
    await dialog.getByLabel('By', { exact: true }).fill('4');
    await dialog.getByLabel('How it is known').fill('Its host had lost its time server');
    await dialog.getByRole('button', { name: 'Correct it' }).click();
    await dialog.getByText('1 event moved. Entries of records stayed where they were.').waitFor();
    await dialog.getByText('4 minutes fast').waitFor();
    await check(page);
    const time = async () => {
      const { items } = await ada.api.get<{ items: { at: string }[] }>('/events');
      return items[0]?.at;
    };
    assert.equal(await time(), '2026-03-01T18:21:00Z');
    await dialog.getByRole('button', { name: /^Take back/ }).click();
    await until('the event stands where its clock said', async () => {
      return (await time()) === '2026-03-01T18:25:00Z';
    });
    await page.keyboard.press('Escape');
  });

  test('it is changed and removed; its events stay', async () => {
    const dialog = await choose('Change');
    await dialog.getByLabel('Days that its events are kept').fill('400');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row().getByText('Its events are kept for 400 days.').waitFor();
    await page.getByText(/^\d+ rules$/).click();
    await page.getByText('Fields named password, secret, token').waitFor();
    await check(page);
    await (await choose('Remove')).getByRole('button', { name: 'Remove' }).click();
    await row().getByText('reported by programs').waitFor();
    const { items } = await ada.api.get<{ items: unknown[] }>('/events');
    assert.equal(items.length, 1);
  });
});
