import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { linkIn, MailServer } from '../harness/mail.ts';
import { addPerson, openPostmortem, type Person, remindNow } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const TITLE = 'Page on failed check-outs, not on queue length';
const DAY = 24 * 60 * 60 * 1000;

/** In so many days, in UTC, which is everybody's zone here. */
function inDays(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

describe('an action that is due', () => {
  let mail: MailServer;
  let server: Server;
  let browsers: Browsers;
  let flo: Person;
  let ada: Person;
  let postmortem: string;
  let action: string;
  let message: string;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    flo = await addPerson(server, 'Flo', 'facilitator');
    ada = await addPerson(server, 'Ada');
    postmortem = await openPostmortem(flo, 'Check-out fails for one in five');
    const { id } = await flo.api.post(`/postmortems/${postmortem}/actions`, {
      title: TITLE,
      done_when: 'a drill pages within two minutes',
      owner: ada.id,
      due: inDays(1),
    });
    action = id;
    await remindNow(ada);
    message = await mail.newest(ada.email);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  const state = async () => (await flo.api.record(postmortem)).actions[0]?.state;

  test('is told to its owner with its reason, in a message that can be the last', () => {
    assert.match(message, /^Subject: Due tomorrow: Page on failed check-outs/m);
    assert.match(message, /^List-Unsubscribe: <http\S+\/api\/v1\/reminders\/off\?token=\S+>\r$/m);
    assert.match(message, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    assert.match(message, /^Auto-Submitted: auto-generated\r$/m);
    assert.match(message, /Done when: a drill pages within two minutes/);
  });

  test('is not answered by a scanner that opens every link', async () => {
    const links = new Set(message.match(/https?:\/\/[^\s"<>]+/g));
    assert.ok(links.size > 4, 'the mail has its links');
    for (const link of links) await fetch(link);
    assert.equal(await state(), 'open');
    const { often } = await ada.api.get<{ often: string }>(`/people/${ada.id}/reminders`);
    assert.equal(often, 'daily');
  });

  test('is declined by the link, without a sign-in, and the room shows it with the reason', async () => {
    const watching = await browsers.signedIn(flo);
    const room = await RoomPage.open(watching, postmortem);
    await room.goTo('Actions');

    const link = linkIn(message, /It will not be done, because/);
    const page = await browsers.stranger();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Why will it not be done?' }).waitFor();
    await page.getByText(TITLE).waitFor();
    await check(page);
    await page.getByLabel('Because').fill('The pager does so since the drill in May');
    await page.getByRole('button', { name: 'It will not be done' }).click();
    await page.getByRole('heading', { name: 'Noted' }).waitFor();
    await check(page);

    const against = watching.getByRole('region', { name: 'What you decided against' });
    const why = against.getByLabel('Why not');
    await until('the room shows the reason', async () => {
      return (await why.inputValue()) === 'The pager does so since the drill in May';
    });
    assert.equal(await state(), 'declined');

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('This link was used already').waitFor();
  });

  test('says so at its other links once it is decided', async () => {
    const page = await browsers.stranger();
    await page.goto(linkIn(message, /It is done/));
    await page.getByText('It was decided already that this action will not be done').waitFor();
    await check(page);
  });

  test('leads to where it is in the room', async () => {
    const page = await browsers.signedIn(ada);
    await page.goto(linkIn(message, new RegExp(`#actions/${action}`)));
    await page.getByRole('textbox', { name: 'Action' }).first().waitFor();
  });

  test('has a mail that switches all others off at one press', async () => {
    const [, address] = /^List-Unsubscribe: <(\S+)>\r$/m.exec(message) ?? [];
    assert.ok(address !== undefined);
    const pressed = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    assert.equal(pressed.status, 204);
    const { often } = await ada.api.get<{ often: string }>(`/people/${ada.id}/reminders`);
    assert.equal(often, 'off');

    const page = await browsers.stranger();
    await page.goto(linkIn(message, /No more reminders/));
    await page.getByRole('button', { name: 'Send me no more' }).click();
    await page.getByRole('heading', { name: 'No more reminders', exact: true }).waitFor();
    await check(page);
  });
});

describe('a mail server that refuses', () => {
  let mail: MailServer;
  let server: Server;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
  });

  after(async () => {
    await server.stop();
    await mail.stop();
  });

  test('is asked again, and the message comes once', async () => {
    const ada = await addPerson(server, 'Ada');
    const postmortem = await openPostmortem(ada, 'Search is slow');
    const path = `/postmortems/${postmortem}/actions`;
    await ada.api.post(path, { title: TITLE, owner: ada.id, due: inDays(1) });
    mail.refuse(1);
    await remindNow(ada);
    await until('it refuses', () => mail.refused === 1);
    assert.equal(mail.count(ada.email), 0);
    // By itself it is asked again in a while; nobody waits for that here.
    await remindNow(ada);
    await mail.newest(ada.email);
    assert.equal(mail.count(ada.email), 1);
  });
});

describe('whoever wants to be told otherwise', () => {
  let server: Server;
  let browsers: Browsers;
  let flo: Person;
  let page: Page;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    flo = await addPerson(server, 'Flo', 'facilitator');
    page = await browsers.signedIn(flo);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('says when on the own page', async () => {
    await page.goto('/me#reminders');
    await page.getByLabel('How often').selectOption('weekly');
    await page.getByLabel('At', { exact: true }).selectOption('10');
    await page.getByLabel('From', { exact: true }).selectOption('17');
    const section = page.getByRole('region', { name: 'Reminders' });
    await section.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await check(page);
    const wanted = await flo.api.get<object>(`/people/${flo.id}/reminders`);
    assert.deepEqual(
      { ...wanted, etag: '' },
      {
        often: 'weekly',
        hour: 10,
        quiet: { from: 17, until: 8 },
        mail: true,
        chat: null,
        chat_problem: null,
        sends_mail: false,
        etag: '',
      },
    );

    await page.getByLabel('At', { exact: true }).selectOption('18');
    await section.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This hour lies in your quiet hours').waitFor();
  });

  test('and a facilitator finds what to ask about, with words to copy', async () => {
    const postmortem = await openPostmortem(flo, 'Search is slow');
    await flo.api.post(`/postmortems/${postmortem}/actions`, { title: TITLE, due: inDays(-1) });
    await page.getByRole('button', { name: 'Flo: your account' }).click();
    await page.getByRole('menuitem', { name: 'Chase list' }).click();
    await page.getByText('Was due yesterday; nobody does it yet.').waitFor();
    await page.getByRole('button', { name: `Copy a message about “${TITLE}”` }).waitFor();
    await check(page);
    await page.getByRole('link', { name: TITLE }).click();
    await page.waitForURL(`**/postmortems/${postmortem}#actions/*`);
  });
});
