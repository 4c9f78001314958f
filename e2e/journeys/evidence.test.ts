import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { evidence, report } from '../harness/evidence.ts';
import { isFocused } from '../harness/keyboard.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

describe('from the page to a cited timeline', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let gracesPage: Page;
  let room: RoomPage;
  let graces: RoomPage;
  let postmortem: string;
  let tray: Locator;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'admin');
    const grace = await addPerson(server, 'Grace');
    await report(ada, evidence());
    postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
    page = await browsers.signedIn(ada);
    gracesPage = await browsers.signedIn(grace);
    room = await RoomPage.open(page, postmortem);
    graces = await RoomPage.open(gracesPage, postmortem);
    tray = page.getByRole('region', { name: 'Evidence' });
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const offered = (title: string | RegExp) => tray.getByRole('listitem', { name: title });

  test('the tray offers what the tools said, folded and by discipline', async () => {
    await offered('Check-out is slow').getByText('fired 7 times from 18:40Z to 19:10Z').waitFor();
    await tray.getByRole('list', { name: 'From Support' }).waitFor();
    await tray.getByText('1 Mar, 17:30 to 1 Mar, 21:05 UTC').waitFor();
    assert.equal(await offered('Backup is slow').count(), 0);
  });

  test('one searches while typing, and walks from the field to the rows', async () => {
    const search = tray.getByRole('searchbox', { name: 'Search the evidence' });
    await search.pressSequentially('ticket');
    await until('only tickets are left', async () => {
      const rows = await tray.locator('[data-offer]').count();
      return rows === 2;
    });
    await search.press('ArrowDown');
    await until('the first ticket has the focus', () => isFocused(offered('Ticket #1')));
    await search.fill('');
    await offered('Deployed checkout 480').waitFor();
  });

  test('Enter makes an entry that cites its event, and everybody sees it', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('v');
    await offered('Deployed checkout 480').focus();
    await page.keyboard.press('Enter');
    await graces.shows('Deployed checkout 480 to production');
    await offered('Deployed checkout 480').getByRole('link', { name: 'In the record' }).waitFor();
    await room.saved();
    const { timeline } = await ada.api.record(postmortem);
    const [entry] = timeline;
    assert.equal(entry?.at, '2026-03-01T18:21:00Z');
    const [cited] = entry.evidence;
    assert.equal(cited?.url, 'https://deploys.example.org/480');
    const event = await ada.api.get<{ title: string }>(`/events/${cited.event}`);
    assert.equal(event.title, 'Deployed checkout 480 to production');
  });

  test('x selects many, Enter takes them all, and u takes them back', async () => {
    await offered('Ticket #1').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await offered('Check-out is slow').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    await graces.shows('Ticket #1', 'Ticket #2', 'Check-out is slow fired 7 times');
    await until('four entries are there', async () => (await room.rows.count()) === 4);
    await page.keyboard.press('u');
    await until('one entry is left', async () => (await graces.rows.count()) === 1);
    await tray.getByText('Taken back.').waitFor();
    assert.equal(await offered('Ticket #1').getByText('In the record').count(), 0);
  });

  test('what arrives waits, and moves nothing that is read', async () => {
    const top = async () => (await offered('Ticket #1').boundingBox())?.y;
    await offered('Ticket #1').focus();
    const y = await top();
    const change = { kind: 'change', service: 'checkout', source: 'deployer' } as const;
    await report(ada, [
      { ...change, id: 'deploy-481', at: '2026-03-01T18:00:00Z', title: 'Switched the flag on' },
    ]);
    const show = tray.getByRole('button', { name: '1 new: show' });
    await show.waitFor();
    assert.equal(await offered('Switched the flag on').count(), 0);
    await until('nothing moved but for the notice', async () => {
      const now = await top();
      return y !== undefined && now !== undefined && Math.abs(now - y) < 60;
    });
    await show.click();
    await until('it has the focus', () => isFocused(offered('Switched the flag on')));
  });

  test('look-back names the precursor, and what it says is in the record at a key', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await tray.getByRole('button', { name: '1 week' }).click();
    const before = tray.getByRole('list', { name: /Have these alerts fired before/ });
    await before
      .getByText('“Payment queue grows” fired on 2026-02-23 18:30Z, resolved after 4 minutes.', {
        exact: true,
      })
      .waitFor();
    await before.getByText(/in none of the \d+ weeks before that/).waitFor();
    await graces.page.getByText('Looked back a week').waitFor();

    const finding = before.getByRole('listitem').first();
    await finding.focus();
    await page.keyboard.press('Enter');
    await graces.shows('Payment queue grows');
    await room.saved();
    const { timeline } = await ada.api.record(postmortem);
    assert.equal(timeline[0]?.at, '2026-02-23T18:30:00Z');
  });

  test('another span looks further, and cannot be nonsense', async () => {
    await tray.getByRole('button', { name: 'Another span' }).click();
    await tray.getByLabel('How many').fill('900');
    await tray.getByRole('button', { name: 'Look', exact: true }).click();
    await tray.getByText(/from 1h to 400d/).waitFor();
    await tray.getByLabel('How many').fill('12');
    await tray.getByRole('button', { name: 'Look', exact: true }).click();
    await graces.page.getByText('Looked back 12 days').waitFor();
  });

  test('an entry shows its event, and the message that it came in', async () => {
    const chip = graces
      .row('Deployed checkout 480')
      .getByRole('button', { name: 'Deployed checkout 480' });
    await chip.hover();
    await gracesPage.getByRole('tooltip').getByText('1 March 2026, 18:21 UTC').waitFor();
    await chip.click();
    const dialog = gracesPage.getByRole('dialog', { name: 'Deployed checkout 480' });
    await dialog.getByText('"id": "deploy-480"').waitFor();
    assert.match(await dialog.locator('code').innerText(), /^[0-9a-f]{64}$/);
    await dialog.getByText('One secret was masked').waitFor();
    assert.equal(await dialog.getByText('ghp_0123').count(), 0);
    await check(gracesPage);
    await dialog.getByRole('link', { name: 'A page of its own' }).click();
    await gracesPage.getByRole('heading', { level: 1, name: 'Deployed checkout 480' }).waitFor();
    await gracesPage.getByText('"id": "deploy-480"').waitFor();
    await check(gracesPage);
  });

  test('Escape leads back to the timeline', async () => {
    await tray.getByRole('listitem').first().focus();
    await page.keyboard.press('Escape');
    await until('a row of the timeline has the focus', async () =>
      page.evaluate(() => document.activeElement?.hasAttribute('data-row') ?? false),
    );
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everybody can use it, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.keyboard.press('v');
      await offered('Ticket #1').waitFor();
      await check(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('l');
      await tray.getByRole('list', { name: /Have these alerts fired before/ }).waitFor();
      await check(page);
    });
  }

  test('on a phone it is a drawer', async () => {
    await gracesPage.setViewportSize({ width: 390, height: 800 });
    graces = await RoomPage.open(gracesPage, postmortem);
    const drawer = gracesPage.getByRole('dialog', { name: 'Evidence' });
    assert.equal(await drawer.count(), 0);
    await gracesPage.getByRole('button', { name: 'Evidence' }).click();
    await drawer.getByRole('button', { name: 'Add to the record: Ticket #2' }).click();
    await drawer.getByText('Added: Ticket #2').waitFor();
    await check(gracesPage);
    await gracesPage.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await graces.shows('Ticket #2');
    await room.shows('Ticket #2');
  });
});
