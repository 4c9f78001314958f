import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers } from '../harness/browser.ts';
import { isFocused, tabTo } from '../harness/keyboard.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

describe('with the keyboard alone', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let room: RoomPage;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
    page = await browsers.stranger();
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('one signs in', async () => {
    await page.goto('/sign-in');
    await tabTo(page, page.getByLabel('E-mail'));
    await page.keyboard.type(ada.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ada.password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  test('one opens a post-mortem', async () => {
    await tabTo(page, page.getByRole('link', { name: /Open a post-mortem/ }).first());
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('What happened, in a line'));
    await page.keyboard.type('Check-out fails for one in five');
    await tabTo(page, page.getByLabel('Started'));
    await page.keyboard.type('2026-03-01 18:30Z');
    await tabTo(page, page.getByLabel('Stabilised'));
    await page.keyboard.type('2026-03-01 19:20Z');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Check-out fails/ }).waitFor();
    postmortem = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    room = RoomPage.on(page);
    await room.saved();
  });

  test('one writes entries, and walks, edits, deletes and brings back', async () => {
    await page.keyboard.press('n');
    await until('the row for new entries has the focus', () => isFocused(room.capture));
    await page.keyboard.type('18:43Z noticed the warning');
    await page.keyboard.press('Enter');
    await page.keyboard.type('18:40Z the queue grows');
    await page.keyboard.press('Enter');
    await until('both stand in their order', async () => {
      const texts = await room.texts();
      return texts.join() === 'the queue grows,noticed the warning';
    });

    await page.keyboard.press('Escape');
    await tabTo(page, room.rows.first());
    await page.keyboard.press('ArrowDown');
    await until('the second row has the focus', () => isFocused(room.rows.nth(1)));
    await page.keyboard.press('Enter');
    await until('the editor has the focus', () => isFocused(room.editor));
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' at last');
    await page.keyboard.press('Escape');
    await room.shows('noticed the warning at last');
    await until('the focus is on the row again', () => isFocused(room.rows.nth(1)));

    await page.keyboard.press('Delete');
    await until('one row is left', async () => (await room.rows.count()) === 1);
    await page.keyboard.press('Control+z');
    await until('it is back', async () => (await room.rows.count()) === 2);
    await room.saved();
    const { timeline } = await ada.api.record(postmortem);
    assert.deepEqual(
      timeline.map(({ text }) => text),
      ['the queue grows', 'noticed the warning at last'],
    );
  });

  test('one reaches every part of the room', async () => {
    const parts = page.getByRole('navigation', { name: 'Parts of this post-mortem' });
    for (const part of [
      'Lanes',
      'Analysis',
      'Themes',
      'Actions',
      'Summary',
      'History',
      'Publish',
    ]) {
      const link = parts.getByRole('link', { name: part });
      await page.keyboard.press('Home');
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      await until(`${part} is shown`, async () => {
        return (await link.getAttribute('aria-current')) === 'page';
      });
    }
  });
});
