import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers, setOffline } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { moveCaret, RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

/** The words that are underlined on this page now. */
function marked(page: Page): Promise<string[]> {
  return page.locator('.wording-mark').allTextContents();
}

async function comesToMark(page: Page, ...words: readonly string[]): Promise<void> {
  await until(
    `“${words.join('”, “')}” are underlined`,
    async () => (await marked(page)).join() === words.join(),
    async () => `“${(await marked(page)).join('”, “')}” are`,
  );
}

/** Waits for the server's answer about what stands in the field by then. */
async function checked(page: Page, does: () => Promise<void>): Promise<void> {
  const answered = page.waitForResponse((it) => it.url().endsWith('/api/v1/wording'));
  await does();
  await answered;
}

describe('wordings', () => {
  let server: Server;
  let browsers: Browsers;
  let grace: Person;
  let page: Page;
  let other: Page;
  let room: RoomPage;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    const ada = await addPerson(server, 'Ada', 'facilitator');
    grace = await addPerson(server, 'Grace');
    postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
    page = await browsers.signedIn(ada);
    other = await browsers.signedIn(grace);
    room = await RoomPage.open(page, postmortem);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const kind = (): Locator =>
    page
      .getByRole('group', { name: 'Edit this entry' })
      .getByRole('combobox', { name: 'Kind', exact: true });
  const question = (): Locator => page.getByRole('region', { name: 'A better question' });

  test('are underlined in an entry for its writer, and for nobody else', async () => {
    await room.add('18:43Z Grace failed to see the alert');
    await room.shows('Grace failed to see the alert');
    const watching = await RoomPage.open(other, postmortem);
    const editor = await room.edit('Grace failed to see the alert');
    await comesToMark(page, 'failed to');
    await editor.pressSequentially(', the health check failed to tell, and it was obviously late');
    await comesToMark(page, 'failed to', 'obviously');
    await watching.shows('obviously late');
    assert.deepEqual(await marked(other), []);
    await check(page);
  });

  test('have a better question at the pointer and by key', async () => {
    await page.locator('.wording-mark').last().hover();
    await question().getByText('Was it obvious to everybody here?').waitFor();
    await page.mouse.move(2, 2);
    await question().waitFor({ state: 'detached' });

    await moveCaret(room.editor, 'start');
    await page.keyboard.press('Alt+w');
    await question().getByText('What were they doing instead').waitFor();
    await page
      .getByText(/^“failed to”: What were they doing .* 1 of 2\./)
      .waitFor({ state: 'attached' });
    await check(page);
    await page.keyboard.press('Alt+w');
    await question().getByText('Was it obvious').waitFor();
    await page.keyboard.press('Escape');
    await question().waitFor({ state: 'detached' });
    await comesToMark(page, 'failed to', 'obviously');
  });

  test('are left alone where their writer calls them fine', async () => {
    await page.locator('.wording-mark').last().hover();
    await question().getByRole('button', { name: 'Fine here' }).click();
    await comesToMark(page, 'failed to');
    await moveCaret(room.editor, 'end');
    await room.editor.pressSequentially(' of course');
    await comesToMark(page, 'failed to', 'of course');
    await page.keyboard.press('Escape');
    await comesToMark(page);
  });

  test('are not underlined in speech and in quotations', async () => {
    await room.edit('Grace failed to see the alert');
    await comesToMark(page, 'failed to', 'of course');
    await checked(page, () => room.editor.pressSequentially(', “she made a mistake”'));
    await comesToMark(page, 'failed to', 'of course');
    await kind().selectOption('said');
    await comesToMark(page);
    await kind().selectOption('observed');
    await room.editor.focus();
    await comesToMark(page, 'failed to', 'of course');
    await page.keyboard.press('Escape');
  });

  test('are underlined in the fields of analysis, and may say in actions what should be', async () => {
    await room.goTo('Analysis');
    await page.getByRole('button', { name: 'Ask a question' }).first().click();
    const node = page.getByLabel(/^Question, level 1/);
    await node.fill('Why did Ana restart it? The queue should have been empty');
    await comesToMark(page, 'Why did', 'should have');
    await room.goTo('Actions');
    await page.getByRole('button', { name: 'Add an action' }).first().click();
    const action = page.getByLabel('Action', { exact: true }).last();
    await checked(page, () => action.fill('The alert should have an owner, and be more careful'));
    await comesToMark(page, 'be more careful');
  });

  test('follow what is typed, letter for letter', async () => {
    const action = page.getByLabel('Action', { exact: true }).last();
    const layer = page.locator('.layer');
    const place = async () => (await page.locator('.wording-mark').boundingBox())?.x ?? 0;
    const before = await place();
    await action.press('Home');
    await action.press('W');
    await until('the underline moves along', async () => (await place()) > before + 2);
    const [field, over] = [await action.boundingBox(), await layer.boundingBox()];
    assert.deepEqual(over, field);
    await action.press('Backspace');
  });

  test('are silent without a network, and come back with it', async () => {
    const action = page.getByLabel('Action', { exact: true }).last();
    await setOffline(page, true);
    await action.press('End');
    await action.pressSequentially(', by mistake');
    await room.offline();
    await comesToMark(page, 'be more careful');
    await setOffline(page, false);
    await room.saved();
    await action.pressSequentially(' of ours');
    await comesToMark(page, 'be more careful', 'mistake');
  });

  test('are switched off by each for themselves', async () => {
    await page.goto('/me');
    await page.getByLabel('Underline words that might be asked better').uncheck();
    await RoomPage.open(page, postmortem);
    const capture = room.capture;
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/wording')) asked++;
    });
    await capture.fill('18:50Z it was a mistake');
    await page.getByText('18:50 UTC').waitFor();
    assert.deepEqual([await marked(page), asked], [[], 0]);
    await capture.fill('');
    await page.goto('/me');
    await page.getByLabel('Underline words that might be asked better').check();
  });

  test('are a list that facilitators edit and everybody writes by', async () => {
    await page.getByRole('link', { name: 'The list of wordings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Wordings' }).waitFor();
    await check(page);
    const sentence = page.getByLabel('Try a sentence');
    await sentence.fill('It was a mistake, and Grace went rogue');
    await comesToMark(page, 'mistake');
    await page.getByRole('checkbox', { name: 'mistake', exact: true }).uncheck();
    await page.getByText('“mistake” is left alone.').first().waitFor();

    await page.getByRole('button', { name: 'Add a wording' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a wording' });
    await dialog.getByLabel('Words', { exact: true }).fill('(went)+ rogue');
    await dialog.getByLabel('Better question').fill('Which way was open?');
    await dialog.getByLabel('Only when people do it').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/cannot be read/).waitFor();
    await check(page);
    await dialog.getByLabel('Words', { exact: true }).fill('went|goes rogue');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('went|goes rogue', { exact: true }).waitFor();

    await RoomPage.open(other, postmortem);
    const capture = RoomPage.on(other).capture;
    await capture.fill('18:50Z It was a mistake, and Ana went rogue');
    await comesToMark(other, 'went rogue');
  });

  test('are read by members, who change nothing', async () => {
    await other.goto('/wording');
    await other.getByText('Facilitators and administrators change this list').waitFor();
    assert.equal(await other.getByRole('checkbox').count(), 0);
    assert.equal(await other.getByRole('button', { name: 'Add a wording' }).count(), 0);
    await check(other);
  });
});
