import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { linkIn, MailServer } from '../harness/mail.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const QUESTION = 'Who wrote first, and what did they say?';
const PHONE = { width: 390, height: 844 };

interface Read {
  readonly text: string;
  readonly at: string | null;
  readonly who: string | null;
  readonly lane: string;
  readonly proposed: boolean;
  readonly asked: string | null;
}

describe('support is asked for input', () => {
  let mail: MailServer;
  let server: Server;
  let browsers: Browsers;
  let flo: Person;
  let sue: Person;
  let sam: Person;
  let postmortem: string;
  let room: RoomPage;
  let phone: Page;
  let link: string;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    flo = await addPerson(server, 'Flo', 'facilitator', 'sre');
    sue = await addPerson(server, 'Sue', 'member', 'support');
    sam = await addPerson(server, 'Sam', 'member', 'sales');
    postmortem = await openPostmortem(flo, 'Check-out fails for one in five');
    room = await RoomPage.open(await browsers.signedIn(flo), postmortem);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  const entries = async () =>
    (await flo.api.record(postmortem)).timeline as unknown as readonly Read[];

  test('whose silence the facilitator sees by discipline, and asks them', async () => {
    const { page } = room;
    await page.getByText('No word yet from SRE, Support and Sales.').waitFor();
    await page.getByRole('button', { name: 'Ask them' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for input' });
    for (const [name, person] of [
      ['Support', 'Sue'],
      ['Sales', 'Sam'],
    ] as const) {
      await dialog.getByRole('checkbox', { name }).check();
      await dialog.getByLabel(`Ask somebody as ${name}`).selectOption({ label: person });
    }
    assert.equal(await dialog.getByLabel('Support, question 1').inputValue(), QUESTION);
    await dialog.getByLabel('Support, question 2').fill('What did you tell them?');
    await check(page);
    await dialog.getByRole('button', { name: 'Ask 2 people' }).click();
    await page.getByText('2 people are asked, each by mail.').waitFor();
    await page.getByText('Support and Sales were asked.').waitFor();
    const message = await mail.newest(sue.email);
    assert.match(message, /Flo asks what you saw of/);
    assert.match(message, /What did you tell them\?/);
    link = linkIn(message, /Say what you saw:/);
  });

  test('who answers by the link on a phone, in under a minute, without a sign-in', async (t) => {
    phone = await browsers.stranger();
    await phone.setViewportSize(PHONE);
    const began = performance.now();
    await phone.goto(link);
    const question = phone.getByRole('group', { name: QUESTION });
    await question.getByLabel('Your answer').fill('A shop in Porto wrote that it is down');
    await question.getByLabel('When was that?').fill('19:45');
    await question.getByText('18:45 UTC').waitFor();
    await phone.getByRole('button', { name: 'Send' }).click();
    await phone.getByText('Thank you.').waitFor();
    t.diagnostic(`from the link to the thanks: ${Math.round(performance.now() - began)} ms`);
    // One page, two fields and one press; nothing sticks out of the phone.
    assert.equal(new URL(phone.url()).pathname, '/input');
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `${wide} pixels are wider than the phone`);
    await check(phone);
  });

  test('and the room sees it live, and takes it', async () => {
    const { page } = room;
    await room.shows('A shop in Porto');
    const row = room.row('A shop in Porto');
    await row.getByText('Proposed', { exact: true }).waitFor();
    await row.getByText(QUESTION).waitFor();
    await row.getByText('Sue').waitFor();
    await page.getByRole('link', { name: 'One entry is proposed' }).waitFor();
    await page.getByText('No word yet from SRE and Sales. Sales was asked.').waitFor();
    await check(page);
    await row.getByRole('button', { name: 'Take it into the record' }).click();
    await until('it is taken', async () => (await entries())[0]?.proposed === false);
    const [entry] = await entries();
    assert.deepEqual(
      [entry?.at, entry?.who, entry?.lane, entry?.asked],
      ['2026-03-01T18:45:00Z', sue.id, 'support', QUESTION],
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('Proposed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Redo' }).click();
    await row.getByText('Proposed', { exact: true }).waitFor({ state: 'detached' });
  });

  test('who may add more by the same link, and loses no word to a reload or a failure', async () => {
    await phone.getByRole('button', { name: 'Add something more' }).click();
    const question = phone.getByRole('group', { name: 'What did you tell them?' });
    const field = question.getByLabel('Your answer');
    await field.fill('That we look into it');
    await phone.reload();
    await until('the words are still there', async () => {
      return (await field.inputValue()) === 'That we look into it';
    });
    await phone.context().setOffline(true);
    await phone.getByRole('button', { name: 'Send' }).click();
    await phone.getByText('Your words are still here.').waitFor();
    assert.equal(await field.inputValue(), 'That we look into it');
    await phone.context().setOffline(false);
    await phone.getByRole('button', { name: 'Send' }).click();
    await phone.getByText('Thank you.').waitFor();
    await room.shows('That we look into it');
    await phone.reload();
    await until('nothing is left of it', async () => (await field.inputValue()) === '');
  });

  test('and may leave out the name, which then stands nowhere', async () => {
    const page = await browsers.stranger();
    await page.setViewportSize(PHONE);
    await page.goto(linkIn(await mail.newest(sam.email), /Say what you saw:/));
    const question = page.getByRole('group', { name: 'What did customers hear, and from whom?' });
    await question.getByLabel('Your answer').fill('From us, and too late');
    await page.getByRole('checkbox', { name: 'Without my name' }).check();
    await page.getByText('Who wrote it is stored nowhere').waitFor();
    await check(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Nobody knows that it came from you.').waitFor();
    await room.shows('From us, and too late');
    const said = (await entries()).find(({ text }) => text.includes('too late'));
    assert.deepEqual([said?.who, said?.lane, said?.proposed], [null, 'sales', true]);
    const authors = await flo.api.get<object>(`/postmortems/${postmortem}/record/authors`);
    assert.ok(!JSON.stringify(authors).includes(sam.id));
    await room.row('too late').getByRole('button', { name: 'Put aside' }).click();
    await until('it is put aside', async () => {
      return (await entries()).every(({ text }) => !text.includes('too late'));
    });
  });

  test('finds it on the own page, and says it in the app', async () => {
    const page = await browsers.signedIn(sam);
    const wanted = page.getByRole('region', { name: 'Your input is wanted' });
    await wanted.getByText('Flo asks, as Sales').waitFor();
    await check(page);
    await wanted.getByRole('link', { name: 'Check-out fails for one in five' }).click();
    await page.getByRole('heading', { name: 'What did you see?' }).waitFor();
    const question = page.getByRole('group', { name: 'What did customers hear, and from whom?' });
    await question.getByLabel('Your answer').fill('They heard of it in the news');
    await check(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you.').waitFor();
    await room.shows('They heard of it in the news');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Post-mortems' }).waitFor();
    await page.getByRole('heading', { name: 'Under way' }).waitFor();
    assert.equal(await wanted.count(), 0, 'nothing is wanted any more');
  });

  test('and is asked no more at one press', async () => {
    const page = await browsers.stranger();
    await page.goto(linkIn(await mail.newest(sam.email), /Ask me no more about this:/));
    await page.getByRole('button', { name: 'Ask me no more' }).click();
    await page.getByRole('heading', { name: 'You are asked no more' }).waitFor();
    await check(page);
    assert.equal(mail.count(sam.email), 1, 'one mail');
  });
});
