import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { linkIn, MailServer } from '../harness/mail.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { tellStory, WITHHELD } from '../harness/story.ts';

const PHONE = { width: 390, height: 844 };

describe('what is published', () => {
  let mail: MailServer;
  let server: Server;
  let browsers: Browsers;
  let grace: Person;
  let noor: Person;
  let postmortem: string;
  let phone: Page;
  let message: string;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    grace = await addPerson(server, 'Grace Hopper');
    noor = await addPerson(server, 'Noor');
    postmortem = await tellStory(grace);
    phone = await browsers.signedIn(noor);
    await phone.setViewportSize(PHONE);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  test('is what somebody wants to hear of, as they say on their own page', async () => {
    await phone.goto('/me#subscriptions');
    await phone.getByLabel('When it is published').check();
    await phone.getByLabel('Which').fill('checkout');
    await phone.getByRole('button', { name: 'Add', exact: true }).click();
    await phone.getByText('what checkout was involved in').waitFor();
    await check(phone);
    const region = phone.getByRole('region', { name: 'Subscriptions' });
    await region.getByRole('button', { name: 'Save' }).click();
    await phone.getByText('Saved.').waitFor();
  });

  test('is looked at before, as its readers will see it', async () => {
    const page = await browsers.signedIn(grace);
    const room = await RoomPage.open(page, postmortem);
    await room.goTo('Publish');
    await page.getByRole('radio', { name: /roles/i }).check();
    await page.getByRole('link', { name: 'The whole page' }).click();
    await page.getByText('This is what readers will see').waitFor();
    await page.getByRole('group', { name: /The record over time: 3 entries/ }).waitFor();
    const seen = page.getByRole('article');
    assert.ok(!(await seen.innerText()).includes('Grace'), 'a name stands on a page of roles');
    await page.getByLabel('With names').check();
    await seen.getByText('Grace Hopper').first().waitFor();
    await check(page);
    await page.getByRole('link', { name: 'Back to the room' }).click();
    await page.getByRole('radio', { name: /roles/i }).check();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: 'Read it in the library' }).waitFor();
  });

  test('is told by mail to whoever wants to hear of it', async () => {
    message = await mail.newest(noor.email);
    assert.match(message, /^Subject: Published: Check-out fails for one in five\r$/m);
    assert.match(message, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    assert.match(message, /What we learned\r\nWarnings that matter look like those that do not/);
    assert.ok(!message.includes('Grace') && !message.includes('drawer'));
    assert.equal(mail.count(grace.email), 0, 'whoever did not ask for it is told nothing');
  });

  test('is read on a phone by somebody who was not there', async () => {
    await phone.goto(linkIn(message, new RegExp(`/library/${postmortem}`)));
    await phone.getByRole('heading', { level: 1, name: 'Check-out fails' }).waitFor();
    await phone.getByRole('heading', { name: 'What we learned' }).waitFor();
    await phone.getByRole('heading', { name: 'What we do differently' }).waitFor();
    await phone.getByText(/minutes? to read/).waitFor();
    const text = await phone.content();
    assert.ok(!text.includes('Grace') && !text.includes(WITHHELD));
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= PHONE.width, `the page is ${wide} wide`);
    await check(phone);
  });

  test('is taken along as a PDF, and as one HTML file that a browser reads by itself', async () => {
    const get = (format: string) => {
      const path = `/api/v1/postmortems/${postmortem}/export?format=${format}&publication=true`;
      return phone.request.get(path);
    };
    const pdf = await (await get('pdf')).body();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    const html = await (await get('html')).text();
    const file = await browsers.stranger();
    await file.setContent(html);
    await file.getByRole('heading', { level: 1, name: 'Check-out fails' }).waitFor();
    await file.getByRole('group', { name: /The record over time/ }).waitFor();
    assert.ok(!html.includes('Grace') && !html.includes('drawer'));
  });

  test('is read in a feed reader, by an address of one’s own', async () => {
    await phone.goto('/me#subscriptions');
    await phone.getByRole('button', { name: 'Make an address' }).click();
    const address = await phone.locator('code', { hasText: 'feed.atom' }).innerText();
    const feed = await (await fetch(address)).text();
    assert.match(feed, /<title>Check-out fails for one in five<\/title>/);
    await phone.getByRole('button', { name: 'Revoke it' }).click();
    await phone.getByText('opens nothing any more').waitFor();
    assert.equal((await fetch(address)).status, 401);
  });

  test('says what changed in a new edition, of which nobody is told unasked', async () => {
    await grace.api.post(`/postmortems/${postmortem}/timeline`, {
      at: '2026-03-01T19:20:00Z',
      text: 'The queue is empty again',
      lane: 'sre',
    });
    const page = await browsers.signedIn(grace);
    const room = await RoomPage.open(page, postmortem);
    await room.goTo('Publish');
    await page.getByRole('button', { name: 'Publish again' }).click();
    await page.getByRole('button', { name: 'Publish again', disabled: false }).waitFor();
    await phone.goto(`/library/${postmortem}`);
    await phone.getByText('The entry at 19:20 was added.').waitFor();
    assert.equal(mail.count(noor.email), 1);
  });

  test('goes away for everybody when it is taken back', async () => {
    const { status } = await grace.api.send('DELETE', `/postmortems/${postmortem}/publication`);
    assert.equal(status, 204);
    for (const path of [
      `/library/${postmortem}`,
      `/postmortems/${postmortem}/export?format=pdf&publication=true`,
      `/postmortems/${postmortem}/export?format=md&publication=true`,
    ]) {
      assert.notEqual((await noor.api.send('GET', path)).status, 200, path);
    }
    await phone.goto('/library');
    await phone.getByText('Nothing is published yet').waitFor();
  });

  test('is no more told to whoever presses the link in a mail', async () => {
    const page = await browsers.stranger();
    await page.goto(linkIn(message, /Hear no more of it/));
    await page.getByRole('button', { name: 'Send me no more' }).click();
    await page.getByRole('heading', { name: 'You hear no more of it' }).waitFor();
    await check(page);
    const path = `/people/${noor.id}/subscription`;
    const { at_once } = await noor.api.get<{ at_once: boolean }>(path);
    assert.equal(at_once, false);
  });
});
