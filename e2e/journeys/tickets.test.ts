import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { linkIn, MailServer } from '../harness/mail.ts';
import { addPerson, openPostmortem, type Person, remindNow } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { Trackers } from '../harness/trackers.ts';
import { until } from '../harness/until.ts';

describe('actions become tickets, and each follows the other', () => {
  let server: Server;
  let browsers: Browsers;
  let trackers: Trackers;
  let mail: MailServer;
  let ada: Person;
  let page: Page;
  let room: RoomPage;
  let postmortem: string;
  let hook: string;
  let secret: string;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    trackers = await Trackers.start();
    ada = await addPerson(server, 'Ada', 'admin');
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await trackers.stop();
    await server.stop();
    await mail.stop();
  });

  const lastAction = (): Locator =>
    page
      .locator('li')
      .filter({ has: page.getByLabel('Action', { exact: true }) })
      .last();

  async function addTracker(tool: string, name: string, settings: Record<string, string>) {
    await page.getByRole('button', { name: 'Add a tracker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Tool').selectOption({ label: tool });
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByLabel(/^Token/).fill('a token');
    for (const [label, value] of Object.entries(settings))
      await dialog.getByLabel(new RegExp(`^${label}`)).fill(value);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('button', { name: 'Copy the secret' }).waitFor();
    const told = await dialog.locator('dd code').allInnerTexts();
    await dialog.getByRole('button', { name: 'Done' }).click();
    return told;
  }

  async function addAction(title: string): Promise<Locator> {
    await page.getByRole('button', { name: 'Add an action' }).click();
    await page.keyboard.type(title);
    await room.saved();
    return lastAction();
  }

  async function choose(action: Locator, menu: string, item: string): Promise<void> {
    await action.getByRole('button', { name: menu }).click();
    await action.getByRole('menuitem', { name: item }).click();
  }

  test('an administrator sets up two trackers', async () => {
    await page.getByRole('button', { name: /your account$/ }).click();
    await page.getByRole('menuitem', { name: 'Trackers' }).click();
    await page.getByText('Actions stay here until then').waitFor();
    await check(page);
    [hook = '', secret = ''] = await addTracker('GitHub', 'Issues', {
      Repository: 'acme/checkout',
      'Address of the API': trackers.url,
    });
    await addTracker('Jira', 'Operations', { Address: trackers.url, Project: 'OPS' });
    await page.getByRole('heading', { name: 'Operations' }).waitFor();
    await check(page);
  });

  test('a tracker that breaks after it made the ticket gets no second one', async () => {
    postmortem = await openPostmortem(ada, 'The checkout was down');
    room = await RoomPage.open(page, postmortem);
    await room.goTo('Actions');
    const action = await addAction('Alert when the certificate has a week left');
    trackers.mood = 'made and cut off';
    await choose(action, 'Ticket', 'Make a ticket in Issues');
    await until('the tracker was asked', () => trackers.made > 0);
    trackers.mood = 'well';
    await action.getByRole('link', { name: 'acme/checkout#1' }).waitFor({ timeout: 60_000 });
    assert.equal(trackers.tickets.size, 1);
    assert.match(trackers.ticket(1).body, new RegExp(`/postmortems/${postmortem}`));
    await check(page);
  });

  test('the ticket is closed there, and the action is done', async () => {
    const action = lastAction();
    Object.assign(trackers.ticket(1), { open: false, reason: 'completed' });
    assert.equal((await trackers.tellAsGitHub(hook, 'not the secret, longer', 1)).status, 401);
    assert.equal((await trackers.tellAsGitHub(hook, secret, 1)).status, 204);
    await until('the action is done', async () => {
      return (await action.getByLabel('State').inputValue()) === 'done';
    });
  });

  test('what both changed is shown, and somebody chooses', async () => {
    const action = lastAction();
    // Nobody looks until both have changed.
    trackers.mood = 'away';
    trackers.ticket(1).title = 'Their words';
    await action.getByLabel('Action', { exact: true }).fill('Our words');
    await room.saved();
    trackers.mood = 'well';
    assert.equal((await trackers.tellAsGitHub(hook, secret, 1)).status, 204);
    const conflict = action.getByRole('group', { name: 'Two words for the title' });
    await conflict.getByText('Their words').waitFor({ timeout: 45_000 });
    await check(page);
    await conflict.getByRole('button', { name: 'Ours' }).click();
    await until('the ticket follows', () => trackers.ticket(1).title === 'Our words');
    await conflict.waitFor({ state: 'detached' });
  });

  test('Jira gets its ticket, with a label to find it by, and follows the action', async () => {
    const action = await addAction('Let the pager say what support heard');
    trackers.mood = 'too often';
    await choose(action, 'Ticket', 'Make a ticket in Operations');
    await until('the tracker was asked', () => trackers.made > 1);
    trackers.mood = 'well';
    await action.getByRole('link', { name: 'OPS-2' }).waitFor();
    assert.equal(trackers.tickets.size, 2);
    assert.match(trackers.ticket(2).labels.join(), /afterword-/);
    await action.getByLabel('State').selectOption({ label: 'Done' });
    await until('the ticket is closed', () => !trackers.ticket(2).open);
  });

  test('a nudge is answered by its link, and the ticket closes', async () => {
    const action = await addAction('Rehearse the switch-over');
    await choose(action, 'Ticket', 'Make a ticket in Issues');
    await action.getByRole('link', { name: 'acme/checkout#3' }).waitFor();
    const { actions } = await ada.api.record(postmortem);
    const { id } = actions.at(-1) ?? assert.fail('there is no action');
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    await ada.api.must(
      200,
      'PATCH',
      `/postmortems/${postmortem}/actions/${id}`,
      { owner: ada.id, due: tomorrow },
      { 'if-match': '*' },
    );
    await remindNow(ada);
    const link = linkIn(await mail.newest(ada.email), /It will not be done, because/);
    const answering = await browsers.stranger();
    await answering.goto(link);
    await answering.getByLabel('Because').fill('The cluster does it by itself now');
    await answering.getByRole('button', { name: 'It will not be done' }).click();
    await answering.getByRole('heading', { name: 'Noted' }).waitFor();
    await until('the ticket is closed as not planned', () => {
      const { open, reason } = trackers.ticket(3);
      return !open && reason === 'not_planned';
    });
  });
});
