import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers } from '../harness/browser.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

/** Fifty rows as they are copied out of a chat's summary. */
const FIFTY = Array.from({ length: 50 }, (_, at) => {
  const minute = String(at).padStart(2, '0');
  return `- 18:${minute} UTC: step ${at + 1} of the evening`;
}).join('\n');

describe('the whole path of one post-mortem', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let room: RoomPage;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'facilitator');
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('it is opened while things are still down', async () => {
    await page
      .getByRole('link', { name: /Open a post-mortem/ })
      .first()
      .click();
    await page.getByLabel('What happened, in a line').fill('Check-out fails for one in five');
    await page.getByLabel('Started').fill('2026-03-01 18:00Z');
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByRole('heading', { level: 1, name: /Check-out fails/ }).waitFor();
    postmortem = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    room = await RoomPage.open(page, postmortem);
    await page.getByText('Production comes first.').waitFor();
  });

  test('a timeline of fifty rows is pasted, and looked through before', async () => {
    await room.capture.focus();
    await page.getByRole('button', { name: 'Paste a timeline', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Paste a timeline' });
    await dialog.getByRole('textbox').fill(FIFTY);
    await dialog.getByRole('button', { name: 'Show the rows' }).click();
    await dialog
      .getByRole('textbox', { name: /^Text of line/ })
      .nth(2)
      .fill('the third, corrected');
    await dialog.getByRole('button', { name: 'Add 50 entries' }).click();
    await until('all rows are there', async () => (await room.rows.count()) === 50);
    await room.saved();

    const { timeline } = await ada.api.record(postmortem);
    assert.deepEqual(
      timeline.map(({ at }) => at?.slice(0, 16)),
      Array.from({ length: 50 }, (_, at) => `2026-03-01T18:${String(at).padStart(2, '0')}`),
    );
    assert.equal(timeline[2]?.text, 'the third, corrected');
  });

  test('a row is kept out of what will be published', async () => {
    await room.row('step 7 of the evening').hover();
    await room
      .row('step 7 of the evening')
      .getByRole('button', { name: 'More about this entry' })
      .click();
    await page.getByRole('menuitem', { name: 'Keep out of the published page' }).click();
    await room.row('step 7 of the evening').getByText('kept out of the published page').waitFor();
    await room.saved();
  });

  test('analysis is closed until the incident is stabilised', async () => {
    const refused = await ada.api.send('POST', `/postmortems/${postmortem}/analysis`, {
      kind: 'question',
      text: 'Why?',
    });
    assert.equal(refused.status, 409);
    await page.getByRole('button', { name: 'Mark as stabilised' }).click();
    const dialog = page.getByRole('dialog', { name: 'When was it stabilised?' });
    await dialog.getByRole('button', { name: 'Mark as stabilised' }).click();
    await page.getByText('Production comes first.').waitFor({ state: 'hidden' });
  });
});
