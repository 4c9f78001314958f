import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers } from '../harness/browser.ts';
import { isFocused } from '../harness/keyboard.ts';
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
    await dialog.waitFor({ state: 'hidden' });
    await room.goTo('Analysis');
    await page.getByRole('button', { name: 'Ask a question' }).waitFor();
  });

  test('a question is asked, answered, and tied to a moment of the record', async () => {
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await page.getByLabel('Question, level 1').fill('How did the warning reach people?');
    await page.getByLabel('Question, level 1').press('Enter');
    const answer = page.getByLabel(/, level \d/).nth(1);
    await answer.fill('As one of ten that nobody has to act on');
    await answer.press('Tab');
    await answer.press('Alt+3');
    await page.getByLabel('What it made hard').selectOption({ label: 'Made sensing hard' });
    await page.getByLabel('System involved').fill('alerting');
    await page.getByLabel('System involved').press('Enter');

    await page
      .getByRole('button', { name: /finding/i })
      .last()
      .click();
    await page.getByRole('menuitem', { name: 'Tie to moments of the record' }).click();
    const dialog = page.getByRole('dialog', { name: 'Which moments is it about?' });
    await dialog.getByLabel('Find').fill('the third');
    await dialog.getByRole('checkbox', { name: /the third, corrected/ }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await room.saved();

    const { analysis, timeline } = await ada.api.record(postmortem);
    const question = analysis.find(({ kind }) => kind === 'question');
    const finding = analysis.find(({ kind }) => kind === 'finding');
    assert.equal(finding?.text, 'As one of ten that nobody has to act on');
    assert.equal(finding.parent, question?.id);
    assert.deepEqual([finding.tag, finding.system], ['sensing', 'alerting']);
    assert.deepEqual(finding.entries, [timeline[2]?.id]);
  });

  test('what became apparent is named, and leads to an action', async () => {
    await room.goTo('Themes');
    await page.getByRole('button', { name: 'Name a theme' }).click();
    await page.getByLabel('Theme', { exact: true }).fill('Warnings that matter look like others');
    await page.getByRole('button', { name: 'Tie to the analysis' }).click();
    const dialog = page.getByRole('dialog', { name: 'Where does it come from?' });
    await dialog.getByRole('checkbox', { name: /As one of ten/ }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await room.goTo('Actions');
    await page.getByRole('button', { name: 'Add an action' }).click();
    await page.getByLabel('Action', { exact: true }).fill('Page on failed check-outs');
    await page.getByLabel('Done when').fill('A drill pages within two minutes');
    await page.getByLabel('Owner').fill('Ada');
    await page.getByLabel('Due').fill('2026-04-01');
    await page.getByLabel('Comes from').selectOption({ index: 1 });
    await room.saved();

    const { themes, actions, analysis } = await ada.api.record(postmortem);
    assert.deepEqual(themes[0]?.nodes, [analysis.find(({ kind }) => kind === 'finding')?.id]);
    assert.equal(actions[0]?.title, 'Page on failed check-outs');
    assert.equal(actions[0].done_when, 'A drill pages within two minutes');
    assert.deepEqual([actions[0].due, actions[0].theme], ['2026-04-01', themes[0]?.id]);
    assert.equal(actions[0].owner, ada.id);
  });

  test('the summary is written with the editor', async () => {
    await room.goTo('Summary');
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    await page.getByRole('button', { name: 'Write Summary' }).click();
    const editor = page.getByRole('textbox', { name: 'Summary' });
    await until('the editor has the focus', () => isFocused(editor));
    await editor.pressSequentially('For half an hour **one in five** could not pay.');
    await room.saved();
    await until('it is stored with its emphasis', async () => {
      const { prose } = await ada.api.record(postmortem);
      return prose['summary']?.trim() === 'For half an hour **one in five** could not pay.';
    });
  });

  test('it is published, and everybody finds it', async () => {
    await room.goTo('Publish');
    const preview = page.getByRole('region', { name: 'Preview: what a reader sees' });
    await preview.getByText('the third, corrected', { exact: true }).waitFor();
    assert.equal(await preview.getByText('step 7 of the evening').count(), 0);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: 'Read it in the library' }).click();
    await page.getByRole('heading', { level: 1, name: 'Check-out fails' }).waitFor();
    await page.getByText('Page on failed check-outs').waitFor();
    assert.equal(await page.getByText('step 7 of the evening').count(), 0);
  });
});
