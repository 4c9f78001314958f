import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { MailServer } from '../harness/mail.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const TITLE = 'Check-out fails for one in five';
const NOTE = 'Ask support first: what did the first customer say?';

describe('somebody who was no part of it comes to lead it, and somebody learns from them', () => {
  let server: Server;
  let mail: MailServer;
  let browsers: Browsers;
  let mia: Person;
  let fay: Person;
  let gil: Person;
  let hue: Person;
  let ada: Person;
  let bo: Person;
  let postmortem: string;
  /** Who is asked first, and who next: the rotation decides between the two. */
  let first: Person;
  let next: Person;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    mia = await addPerson(server, 'Mia', 'member', 'support');
    fay = await addPerson(server, 'Fay', 'facilitator', 'engineering');
    gil = await addPerson(server, 'Gil', 'facilitator', 'sre');
    hue = await addPerson(server, 'Hue', 'facilitator', 'product');
    ada = await addPerson(server, 'Ada', 'admin', 'leadership');
    bo = await addPerson(server, 'Bo', 'member', 'sales');
    for (const it of [fay, gil, hue]) await it.api.post('/facilitators', undefined);
    postmortem = await openPostmortem(mia, TITLE);
    const add = (by: Person, item: object) =>
      by.api.post(`/postmortems/${postmortem}/timeline`, item);
    const seen = await add(mia, {
      at: '2026-03-01T18:43:00Z',
      text: 'Two customers write that check-out spins for ever',
      kind: 'ticket',
      lane: 'support',
    });
    await add(fay, {
      at: '2026-03-01T18:45:00Z',
      text: 'Rolled back the release of the evening',
      kind: 'did',
      lane: 'engineering',
      who: fay.id,
    });
    await add(mia, {
      text: 'Somebody said that it is the newsletter again',
      lane: 'support',
      kind: 'believed',
      beside: seen.id,
    });
    await mia.api.post(`/postmortems/${postmortem}/analysis`, {
      kind: 'question',
      text: 'How did word of the first ticket reach on-call?',
    });
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { name }).first().waitFor();
  const leads = (page: Page) => page.getByRole('region', { name: 'Who leads' });

  test('the room says that nobody leads it, and whoever comes next by rotation is asked', async () => {
    const page = await browsers.signedIn(mia);
    await RoomPage.open(page, postmortem);
    await leads(page).getByText('Nobody facilitates this yet.').waitFor();
    await leads(page).getByRole('button', { name: 'Find a facilitator' }).click();
    const dialog = page.getByRole('dialog');
    const rows = dialog.getByRole('list', { name: 'Who may be asked' }).getByRole('listitem');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 2, 'Fay was part of it');
    await rows.first().getByText('was not asked to lead before').waitFor();
    await check(page);
    const name = (await rows.first().innerText()).split(' ')[0];
    [first, next] = name === 'Gil' ? [gil, hue] : [hue, gil];
    await rows
      .first()
      .getByRole('button', { name: `Ask ${first.name}` })
      .click();
    await leads(page).getByText('is asked').waitFor();
    await check(page);

    // Whoever leads rooms is told also who may not be asked.
    const other = await browsers.signedIn(fay);
    await other.goto('/facilitators');
    await heading(other, 'On the roster');
    await check(other);
    const refused = await fay.api.send('POST', `/postmortems/${postmortem}/seats`, {
      seat: 'note_taker',
      person: fay.id,
    });
    assert.equal(refused.status, 409);
    await other.context().close();
    await page.context().close();
  });

  test('they cannot this time, and the next one is asked and accepts', async () => {
    const text = await mail.newest(first.email);
    assert.ok(text.includes(`/postmortems/${postmortem}`), text);
    const page = await browsers.signedIn(first);
    await page.goto('/');
    const asked = page.getByText('You are asked to facilitate:');
    await asked.waitFor();
    await check(page);
    await page.getByRole('button', { name: /^Not this time/ }).click();
    await asked.waitFor({ state: 'detached' });
    await page.context().close();

    assert.ok((await mail.newest(next.email)).includes(TITLE));
    const other = await browsers.signedIn(next);
    await RoomPage.open(other, postmortem);
    await leads(other).getByText('Mia asks you to facilitate.').waitFor();
    await check(other);
    await leads(other).getByRole('button', { name: 'I will facilitate' }).click();
    await leads(other).getByRole('link', { name: 'Prepare the meeting' }).waitFor();
    await other.context().close();
  });

  test('a member says that they would like to learn it, and watches', async () => {
    const page = await browsers.signedIn(bo);
    await page.goto('/facilitators');
    await page.getByRole('button', { name: 'I would like to learn it' }).click();
    await heading(page, 'Calls that you may watch');
    await check(page);
    assert.equal(await page.getByRole('heading', { name: 'On the roster' }).count(), 0);
    await page.getByRole('button', { name: new RegExp(`Watch it ?: ${TITLE}`) }).click();
    await heading(page, 'Ahead of you');
    await RoomPage.open(page, postmortem);
    await leads(page).getByText('Watches').waitFor();
    assert.equal(
      await leads(page)
        .getByRole('link', { name: /Prepare/ })
        .count(),
      0,
    );
    await page.context().close();
  });

  test('whoever leads prepares it, with what is for them alone', async () => {
    const page = await browsers.signedIn(next);
    await RoomPage.open(page, postmortem);
    await leads(page).getByRole('link', { name: 'Prepare the meeting' }).click();
    await heading(page, 'A private word');
    await page.getByText('You may want a private word with Fay').waitFor();
    await page.getByText(/were in no post-mortem here before/).waitFor();
    await page.getByRole('link', { name: 'How did word of the first ticket' }).waitFor();
    await page.getByText('Somebody said that it is the newsletter again').first().waitFor();
    await page.getByText(/The record tells nothing yet from\s+SRE/).waitFor();
    await check(page);
    await page.getByLabel('Your own notes').fill(NOTE);
    const line = page.getByRole('group', { name: 'Before the meeting' }).getByRole('checkbox');
    await line.first().check();
    await page
      .getByRole('status')
      .filter({ hasText: /^\s*Kept\s*$/ })
      .waitFor();
    await page.reload();
    await heading(page, 'A private word');
    const notes = page.getByLabel('Your own notes');
    await until('the notes are there again', async () => (await notes.inputValue()) === NOTE);
    assert.ok(await line.first().isChecked());
    await page.context().close();

    for (const other of [ada, mia, bo, fay]) {
      const closed = await browsers.signedIn(other);
      await closed.goto(`/postmortems/${postmortem}/prepare`);
      await heading(closed, 'This is not open to you');
      assert.equal(await closed.getByText('private word').count(), 0);
      await closed.context().close();
    }
  });

  test('after the meeting, whoever watched notes that they talked about it', async () => {
    const meeting = (command: object) =>
      next.api.must(200, 'POST', `/postmortems/${postmortem}/meeting`, command);
    await meeting({ do: 'open', handbook: '60-minutes' });
    await meeting({ do: 'close' });
    const page = await browsers.signedIn(bo);
    await page.goto('/facilitators');
    await page.getByText(`You watched “${TITLE}”.`).waitFor();
    await page.getByRole('button', { name: 'Yes, note it' }).click();
    const path = page.getByRole('list', { name: 'Learning to facilitate' });
    await path.getByRole('listitem').nth(1).getByRole('link', { name: TITLE }).waitFor();
    await check(page);
    await page.context().close();
  });

  test('who has graduated is proposed to administrators, who decide', async () => {
    const led = await openPostmortem(mia, 'Search is slow');
    const ask = (by: Person, seat: string, person: Person) =>
      by.api.post(`/postmortems/${led}/seats`, { seat, person: person.id });
    await ask(next, 'facilitator', next);
    const seat = await ask(next, 'co_facilitator', bo);
    const answer = `/postmortems/${led}/seats/${seat.id}/answer`;
    await bo.api.must(200, 'PUT', answer, { answer: 'accept' }, { 'if-match': '*' });
    const meeting = (command: object) =>
      next.api.must(200, 'POST', `/postmortems/${led}/meeting`, command);
    await meeting({ do: 'open', handbook: '60-minutes' });
    await meeting({ do: 'close' });
    await bo.api.must(200, 'PUT', `/facilitators/${bo.id}/steps/led`);

    const page = await browsers.signedIn(next);
    await page.goto('/facilitators');
    await page.getByText('You led “Search is slow” with Bo.').waitFor();
    await check(page);
    await page.getByRole('button', { name: /^Yes, they can ?: Bo$/ }).click();
    await page.getByText('Bo has graduated.').waitFor();
    await page.context().close();

    const admin = await browsers.signedIn(ada);
    await admin.goto('/people');
    await admin.getByText('Bo has graduated as a facilitator').waitFor();
    await check(admin);
    await admin.getByRole('button', { name: 'Change the role of Bo' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('facilitator');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await admin.getByText('Bo has graduated as a facilitator').waitFor({ state: 'detached' });
    await admin.context().close();
  });
});
