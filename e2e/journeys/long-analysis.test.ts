import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { Outline } from '../harness/outline.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

/** So many rows that those which nobody uses are words and no fields. */
const ROWS = 200;

describe('a long analysis', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
    page = await browsers.signedIn(ada);
    postmortem = await openPostmortem(ada, 'A long night');
    for (let n = 0; n < ROWS; n++) {
      await ada.api.post(`/postmortems/${postmortem}/analysis`, {
        kind: 'question',
        text: `How did step ${n} look?`,
      });
    }
    const room = await RoomPage.open(page, postmortem);
    await room.goTo('Analysis');
    await until('all rows are there', async () => (await rows().count()) === ROWS);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const rows = () => new Outline(page).list.locator('[data-node]');

  const texts = async () => (await ada.api.record(postmortem)).analysis.map(({ text }) => text);

  test('is written in where it is clicked', async () => {
    const row = rows().nth(120);
    await row.hover();
    await row.getByRole('textbox').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' And since when?');
    await until('it is stored', async () =>
      (await texts()).includes('How did step 120 look? And since when?'),
    );
  });

  test('is walked by key, and grows by key', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await new Outline(page).type('Who else saw it?');
    await until('it stands behind the next row', async () => {
      const all = await texts();
      return all.indexOf('Who else saw it?') === all.indexOf('How did step 121 look?') + 1;
    });
  });

  test('becomes a field where the focus comes to it, and is accessible', async () => {
    await rows().nth(40).getByRole('textbox').focus();
    const field = page.locator('[data-node] textarea:focus');
    await until('the row has the caret', async () => (await field.count()) === 1);
    assert.equal(await field.inputValue(), 'How did step 40 look?');
    // Nothing lies half below the bar that stays in sight.
    await page.evaluate(() => scrollTo(0, 0));
    await check(page);
  });
});
