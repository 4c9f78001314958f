import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Action } from '../harness/api.ts';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { report } from '../harness/evidence.ts';
import { isFocused } from '../harness/keyboard.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const PAGE_AT_ONCE = 'Page on failed check-outs, not on queue length';
const LINK = 'Link every alert to its runbook';
const SUM = '=1+1 alerts become one';

describe('the actions of all post-mortems', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let graces: Page;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'admin');
    const grace = await addPerson(server, 'Grace');
    await fire('pay-1', '2026-03-01T18:43:00Z');
    postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
    await writeActions();
    page = await browsers.signedIn(ada);
    graces = await browsers.signedIn(grace);
    const room = await RoomPage.open(graces, postmortem);
    await room.goTo('Actions');
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const fire = (id: string, at: string) =>
    report(ada, [
      {
        id,
        at,
        kind: 'alert',
        service: 'checkout',
        title: 'Check-outs fail',
        fingerprint: 'check-outs-fail',
        state: 'firing',
      },
    ]);

  /** Three actions, of which the first comes from a theme that an alert stands behind. */
  async function writeActions() {
    const add = (part: string, item: object) =>
      ada.api.post(`/postmortems/${postmortem}/${part}`, item);
    const { items } = await ada.api.get<{ items: { id: string }[] }>('/events');
    const entry = await add('timeline', {
      at: '2026-03-01T18:43:00Z',
      text: 'The alert was the eleventh of that evening',
      kind: 'alert',
      evidence: [{ url: 'https://monitor.example.org/1', event: items[0]?.id }],
    });
    const finding = await add('analysis', {
      kind: 'finding',
      text: 'It looked like the ten that nobody has to act on',
      entries: [entry.id],
    });
    const theme = await add('themes', { title: 'Alerts look alike', nodes: [finding.id] });
    await add('actions', {
      title: PAGE_AT_ONCE,
      owner: ada.id,
      due: '2026-04-01',
      done_when: 'a drill pages within two minutes',
      theme: theme.id,
    });
    await add('actions', { title: LINK });
    await add('actions', { title: SUM, due: '2099-01-01' });
  }

  const item = (title: string): Locator => page.getByRole('listitem').filter({ hasText: title });
  const link = (title: string): Locator => page.getByRole('link', { name: title, exact: true });
  const column = (name: string): Locator => page.getByRole('region', { name, exact: true });

  async function action(title: string): Promise<Action> {
    const { actions } = await ada.api.record(postmortem);
    const found = actions.find((one) => one.title === title);
    assert.ok(found, title);
    return found;
  }

  const becomes = (title: string, state: string) =>
    until(`“${title}” is ${state}`, async () => (await action(title)).state === state);

  test('are all on one page, the most urgent first, in plain words', async () => {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Actions' })
      .click();
    await item(PAGE_AT_ONCE).getByText('overdue since 1 April').waitFor();
    await item(LINK).getByText('nobody has it yet').waitFor();
    await item(SUM).getByText('due on 1 January 2099').waitFor();
    const titles = await page.locator('[data-action] a.title').allInnerTexts();
    assert.deepEqual(titles, [PAGE_AT_ONCE, SUM, LINK]);
    await check(page);
  });

  test('a filter is in the address, kept under a name, and found again', async () => {
    await page.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Me' });
    await until('one is left', async () => (await page.locator('[data-action]').count()) === 1);
    assert.equal(new URL(page.url()).search, '?owner=me');
    await page.getByRole('button', { name: 'Keep this filter' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What do you call it?').fill('Mine');
    await check(page);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await page.goto('/actions');
    await item(LINK).waitFor();
    await link('Mine').click();
    await until('it is narrowed again', async () => (await item(LINK).count()) === 0);
    await item(PAGE_AT_ONCE).waitFor();

    await page.getByRole('button', { name: 'More about “Mine”' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await dialog.getByLabel('What do you call it?').fill('My own');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await link('My own').waitFor();
    const { items } = await ada.api.get<{ items: unknown[] }>('/action-filters');
    assert.equal(items.length, 1);
    await page.getByRole('button', { name: 'More about “My own”' }).click();
    await page.getByRole('menuitem', { name: 'Forget' }).click();
    await until('it is gone', async () => (await link('My own').count()) === 0);
    await page.goto('/actions');
  });

  test('are taken along as a table, in which nothing is a formula', async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'actions.csv');
    const rows = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    assert.equal(rows.length, 4);
    assert.match(rows[0] ?? '', /^title,state,reason,owner,due,/);
    assert.match(rows[1] ?? '', /^"Page on failed check-outs, not on queue length",open,,Ada,2026/);
    assert.match(rows[2] ?? '', /^'=1\+1 alerts become one,open/);
  });

  test('are moved by key, and the room sees it', async () => {
    await item(LINK).waitFor();
    await page.keyboard.press('j');
    await until('the first has the focus', () => isFocused(link(PAGE_AT_ONCE)));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await until('the last has the focus', () => isFocused(link(LINK)));
    await page.keyboard.press('s');
    await until('its states are shown', () =>
      isFocused(page.getByRole('menuitemradio', { name: 'Open' })),
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await becomes(LINK, 'doing');
    await until('the room sees it', async () => {
      const card = graces.locator(`[data-action="${(await action(LINK)).id}"]`);
      return (await card.getByLabel('State').inputValue()) === 'doing';
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await becomes(LINK, 'open');
    await page.keyboard.press('/');
    await until('the search has the focus', () =>
      isFocused(page.getByRole('searchbox', { name: 'Search actions' })),
    );
  });

  test('stand on a board, where they are dragged', async () => {
    await page.getByRole('button', { name: 'Board' }).click();
    const card = column('Open').getByRole('listitem').filter({ hasText: SUM });
    await card.waitFor();
    await check(page);
    const from = await card.boundingBox();
    const to = await column('Being done').boundingBox();
    assert.ok(from && to);
    await page.mouse.move(from.x + 20, from.y + from.height - 8);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + 60, { steps: 8 });
    await page.mouse.up();
    await column('Being done').getByRole('listitem').filter({ hasText: SUM }).waitFor();
    await becomes(SUM, 'doing');
    assert.equal(new URL(page.url()).pathname, '/actions');
  });

  test('and moved by key; what won’t be done says why', async () => {
    await link(PAGE_AT_ONCE).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await becomes(PAGE_AT_ONCE, 'doing');
    await until('the focus goes along', () => isFocused(link(PAGE_AT_ONCE)));
    await page.keyboard.press('Shift+ArrowRight');
    await becomes(PAGE_AT_ONCE, 'done');
    await column('Done').getByText('quiet since').waitFor();

    await link(SUM).focus();
    await page.keyboard.press('s');
    await page.getByRole('menuitemradio', { name: 'Won’t be done' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What speaks against it').fill('The dashboard goes away in May');
    await check(page);
    await dialog.getByRole('button', { name: 'It won’t be done' }).click();
    await becomes(SUM, 'declined');
    assert.equal(
      (
        await ada.api.get<{ reason: string }>(
          `/postmortems/${postmortem}/actions/${(await action(SUM)).id}`,
        )
      ).reason,
      'The dashboard goes away in May',
    );
    const against = graces.getByRole('region', { name: 'What you decided against' });
    await against.getByLabel('Why not').waitFor();
  });

  test('a move that comes too late is put back, with what stands there now', async () => {
    const { id } = await action(LINK);
    await link(LINK).waitFor();
    await ada.api.must(
      200,
      'PATCH',
      `/postmortems/${postmortem}/actions/${id}`,
      { title: `${LINK}, and read it aloud` },
      { 'if-match': '*' },
    );
    await link(LINK).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('Somebody changed').waitFor();
    await column('Open')
      .getByRole('link', { name: `${LINK}, and read it aloud` })
      .waitFor();
    assert.equal((await action(`${LINK}, and read it aloud`)).state, 'open');
  });

  test('an alert that fires again after an action is told, as a fact', async () => {
    await fire('pay-2', new Date().toISOString());
    await page.reload();
    await column('Done')
      .getByText(/^fired again once, on \d+ \w+$/)
      .waitFor();

    await link(PAGE_AT_ONCE).press('Enter');
    await page.waitForURL(/#actions\//);
    const watch = page.getByRole('group').filter({ hasText: 'Did it help?' });
    await watch.getByText('Did it help?').click();
    await watch.getByText(/^1 alert of checkout since, \d in the 90 days before\.$/).waitFor();
    await check(page);

    await ada.api.post(`/postmortems/${postmortem}/publication`, { naming: 'roles' });
    await graces.goto(`/library/${postmortem}`);
    await graces
      .getByText(/fired again once/)
      .first()
      .waitFor();
    await graces.getByText('Did it help?').click();
    await graces.getByRole('link', { name: 'Check-outs fail' }).waitFor();
    await check(graces);
  });
});
