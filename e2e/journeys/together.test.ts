import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers, setOffline } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { agree, moveCaret, RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

describe('two people in one record', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let grace: Person;
  let adasPage: Page;
  let gracesPage: Page;
  let postmortem: string;
  let adas: RoomPage;
  let graces: RoomPage;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
    grace = await addPerson(server, 'Grace');
    adasPage = await browsers.signedIn(ada);
    gracesPage = await browsers.signedIn(grace);
  });

  beforeEach(async () => {
    postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
    adas = await RoomPage.open(adasPage, postmortem);
    graces = await RoomPage.open(gracesPage, postmortem);
  });

  afterEach(() => setOffline(adasPage, false));

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('each sees the other, and what the other types, letter by letter', async () => {
    await adasPage.getByRole('list', { name: '2 people are here' }).waitFor();
    await adas.add('18:43Z noticed the warning');
    await graces.shows('noticed the warning');

    const editor = await adas.edit('noticed the warning');
    await editor.pressSequentially(' in');
    await graces.shows('noticed the warning in');
    await editor.pressSequentially(' the dashboard');
    await graces.shows('noticed the warning in the dashboard');
    await adas.saved();
  });

  test('both write into the same words, and undo takes back only what is one’s own', async () => {
    await adas.add('18:50Z rollback');
    await graces.shows('rollback');
    await adas.saved();
    const adasEditor = await adas.edit('rollback');
    const gracesEditor = await graces.edit('rollback');
    await adasEditor.pressSequentially(' started');
    await graces.shows('rollback started');
    await moveCaret(gracesEditor, 'start');
    await gracesEditor.pressSequentially('Slow ');
    await adas.shows('Slow rollback started');
    await adasPage.keyboard.press('Control+z');
    await until('only her own words are gone', async () => {
      const texts = await Promise.all([adas.texts(), graces.texts()]);
      return texts.every(([text]) => text === 'Slow rollback');
    });
  });

  test('edits made offline, on both sides, are all there afterwards', async () => {
    await adas.add('18:43Z noticed the warning');
    await graces.shows('noticed the warning');

    await setOffline(adasPage, true);
    await adas.offline();
    const editor = await adas.edit('noticed the warning');
    await editor.pressSequentially(', alone');
    await editor.press('Escape');
    await adas.offline(/Offline with \d+ edits? kept here/);
    const gracesEditor = await graces.edit('noticed the warning');
    await moveCaret(gracesEditor, 'start');
    await gracesEditor.pressSequentially('Support ');
    await gracesEditor.press('Escape');
    await graces.add('18:55Z restarted the queue');
    await graces.saved();

    await setOffline(adasPage, false);
    await adas.shows('Support noticed the warning, alone', 'restarted the queue');
    await graces.shows('Support noticed the warning, alone');
    await adas.saved();
    await agree([adas, graces], 2);
  });

  test('what was typed offline survives closing the tab', async () => {
    await adas.add('18:43Z noticed the warning');
    await adas.saved();
    const page = await adasPage.context().newPage();
    const second = await RoomPage.open(page, postmortem);
    await setOffline(page, true);
    await second.offline();
    const editor = await second.edit('noticed the warning');
    await editor.pressSequentially(' on a train');
    await second.offline(/Offline with \d+ edits? kept here/);
    await second.kept();
    await page.close();
    await setOffline(adasPage, false);

    const again = await RoomPage.open(await adasPage.context().newPage(), postmortem);
    await again.shows('noticed the warning on a train');
    await again.saved();
    await graces.shows('noticed the warning on a train');
    await again.page.close();
  });

  test('a time typed offline is read when the server answers again', async () => {
    await setOffline(adasPage, true);
    await adas.offline();
    await adas.add('18:43Z saw it in the tunnel');
    await adas.shows('saw it in the tunnel');
    await setOffline(adasPage, false);
    await adas.saved();
    await until('the entry has its time', async () => {
      const { timeline } = await ada.api.record(postmortem);
      return timeline.some(({ at }) => at?.startsWith('2026-03-01T18:43'));
    });
  });

  test('the server is killed while somebody types: nothing is lost, and it says saved again', async () => {
    await adas.add('18:43Z noticed the warning');
    await graces.shows('noticed the warning');
    const editor = await adas.edit('noticed the warning');
    const words = ' and then told the others about it in the channel';
    const typing = editor.pressSequentially(words, { delay: 20 });
    await graces.shows('noticed the warning and');
    const shown = await graces.texts();
    await server.kill();
    await typing;
    await adas.offline();
    await server.start();

    await adas.saved();
    await graces.shows(`noticed the warning${words}`);
    const { timeline } = await ada.api.record(postmortem);
    assert.equal(timeline[0]?.text, `noticed the warning${words}`);
    assert.ok(timeline[0].text.startsWith(shown[0] ?? '?'));
  });
});
