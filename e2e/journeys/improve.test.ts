import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { MailServer } from '../harness/mail.ts';
import { MeetingPage } from '../harness/meeting.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { darkVideo } from '../harness/recording.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const HANDBOOK = '60-minutes';
const STEP = 'Walk through it together';
const SAID = 'Had you asked support here, the first ticket would have come up.';
const QUESTION = 'Support: which words did the first customer use?';

describe('facilitators tell each other how they lead, and the handbook learns from it', () => {
  let folder: string;
  let server: Server;
  let mail: MailServer;
  let browsers: Browsers;
  let fay: Person;
  let gil: Person;
  let hue: Person;
  let mia: Person;
  let postmortem: string;
  let lead: Page;
  let other: Page;

  const ask = (id: string, command: object) =>
    fay.api.must(200, 'POST', `/postmortems/${id}/meeting`, command);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'afterword-improve-'));
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    fay = await addPerson(server, 'Fay', 'facilitator', 'engineering');
    gil = await addPerson(server, 'Gil', 'facilitator', 'sre');
    hue = await addPerson(server, 'Hue', 'facilitator', 'support');
    mia = await addPerson(server, 'Mia');
    postmortem = await openPostmortem(fay, 'Check-out fails for one in five');
    await ask(postmortem, { do: 'open', handbook: HANDBOOK });
    await ask(postmortem, { do: 'go', step: 'walk-through' });
    await ask(postmortem, { do: 'close' });
    lead = await browsers.signedIn(fay);
    other = await browsers.signedIn(gil);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const heading = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { name }).first().waitFor();

  test('when the meeting ends, two others are asked, and one press passes it on', async () => {
    for (const { email } of [gil, hue]) {
      const text = await mail.newest(email);
      assert.ok(text.includes(`/postmortems/${postmortem}/feedback`), text);
    }
    assert.equal(mail.count(fay.email), 0, 'whoever led is not asked');

    const page = await browsers.signedIn(hue);
    await page.goto('/');
    const notice = page.getByText('You are asked for feedback on how');
    await notice.waitFor();
    await check(page);
    await page.getByRole('button', { name: /^Not this time/ }).click();
    await notice.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('the call was recorded', async () => {
    const file = join(folder, 'call.webm');
    await darkVideo(file, 800);
    await lead.goto(`/postmortems/${postmortem}/recording`);
    await lead.getByRole('checkbox', { name: /Everyone on the call knows/ }).check();
    await lead.getByLabel('The recording', { exact: true }).setInputFiles(file);
    await lead.getByRole('button', { name: 'Upload', exact: true }).click();
    await lead.getByRole('region', { name: 'About this recording' }).waitFor();
  });

  test('a comment at 12:34 is written, and a click on it leads there', async () => {
    await other.goto('/');
    await other.getByText('You are asked for feedback on how').getByRole('link').click();
    await heading(other, 'How it was led');
    await check(other);
    await other.getByLabel('A question you could have asked').check();
    await other.getByLabel('At', { exact: true }).fill('12:34');
    await other.getByLabel('In your words').fill(SAID);
    await other.reload();
    await heading(other, 'How it was led');
    const words = other.getByLabel('In your words');
    await until('what was begun is there again', async () => (await words.inputValue()) === SAID);
    await other.getByRole('button', { name: 'Say it' }).click();
    const list = other.getByRole('list', { name: 'Feedback' });
    await list.getByText(SAID).waitFor();
    await list.getByText(STEP).waitFor();
    const at = other.getByLabel('At', { exact: true });
    assert.equal(await at.inputValue(), '0:00');
    await list.getByRole('button', { name: 'Go to 12:34' }).click();
    assert.equal(await at.inputValue(), '12:34');
    const second = () =>
      other.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime);
    await until('the video is there too', async () => (await second()) === 754);
    await check(other);
  });

  test('whoever led adopts it and proposes it for the handbook', async () => {
    await RoomPage.open(lead, postmortem);
    await lead.getByRole('link', { name: 'How it was led' }).click();
    const list = lead.getByRole('list', { name: 'Feedback' });
    await list.getByText(SAID).waitFor();
    assert.equal(await list.getByRole('button', { name: /^Change/ }).count(), 0);
    await list.getByLabel(/^A word back/).fill('Yes, I saw them wait.');
    await list.getByRole('button', { name: /^Adopt it/ }).click();
    await list.getByText('“Yes, I saw them wait.”').waitFor();
    await check(lead);
    await list.getByRole('button', { name: /^Propose it for the handbook/ }).click();
    await list.getByRole('link', { name: 'Proposed for the handbook' }).click();
    await heading(lead, 'How we improve');
    const proposals = lead.getByRole('list', { name: 'Open proposals' });
    await proposals.getByText(`In “${STEP}”, a question for the room`).waitFor();
    await proposals.getByText('From feedback among facilitators').waitFor();
    assert.equal(await proposals.getByText('Gil').count(), 0, 'nobody is named');
    await check(lead);
  });

  test('it becomes a version with its reason, and the next post-mortem starts with it', async () => {
    await lead.getByRole('button', { name: /^Word the change/ }).click();
    const dialog = lead.getByRole('dialog');
    await dialog.getByLabel('The words').fill(QUESTION);
    await check(lead);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await lead.getByText(QUESTION).waitFor();
    await lead.getByRole('link', { name: /^Take it over/ }).click();
    await lead.getByText('A proposal is taken over here').waitFor();
    await lead.getByRole('button', { name: 'Save …' }).click();
    const reason = lead.getByRole('dialog').getByLabel('Reason');
    assert.match(
      await reason.inputValue(),
      /^From feedback among facilitators on “Check-out fails for one in five” at 12:34: /,
    );
    await lead.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await lead.getByText('Saved as version 2.').waitFor();
    await lead.getByText(QUESTION).waitFor();
    await lead.goto('/process');
    await lead.getByText('Decided', { exact: true }).click();
    await lead.getByRole('link', { name: 'Became version 2' }).waitFor();

    const next = await openPostmortem(fay, 'Search is slow');
    await ask(next, { do: 'open', handbook: HANDBOOK });
    await ask(next, { do: 'go', step: 'walk-through' });
    await RoomPage.open(lead, next);
    const meeting = new MeetingPage(lead);
    await meeting.isAt(STEP);
    await (await meeting.guide()).getByText(QUESTION).waitFor();
    await ask(next, { do: 'close' });
    type Meeting = { handbook: { version: number } };
    const first = await fay.api.get<Meeting>(`/postmortems/${postmortem}/meeting`);
    assert.equal(first.handbook.version, 1, 'the one before keeps its own');
  });

  test('a growth page is seen by its facilitator alone', async () => {
    await lead.goto('/growth');
    await lead.getByText(SAID).waitFor();
    await lead.getByLabel('What will you do differently').fill('Ask support before the pager.');
    await lead.getByRole('button', { name: 'Keep it' }).click();
    const lessons = lead.getByRole('list', { name: 'Your lessons' });
    await lessons.getByRole('button', { name: /^Change/ }).click();
    await lessons.getByLabel('Your lesson').fill('Ask support first.');
    await check(lead);
    await lessons.getByRole('button', { name: 'Save' }).click();
    await lessons.getByText('Ask support first.', { exact: true }).waitFor();
    const admin = await browsers.signedIn(await addPerson(server, 'Ada', 'admin'));
    await admin.goto('/growth');
    await admin.getByText('Nothing yet').waitFor();
    assert.equal(await admin.getByText('Ask support first.').count(), 0);
    await admin.context().close();
  });

  test('figures before and after say that they are few, and a retrospective is kept', async () => {
    await lead.goto('/process');
    const figure = lead
      .getByRole('figure')
      .filter({ has: lead.getByRole('heading', { name: 'From the end of the incident' }) });
    await figure.getByText('With one case before and one case after').waitFor();
    await figure.getByText('The cases').click();
    await figure.getByRole('link', { name: 'Search is slow' }).waitFor();
    await check(lead);
    await lead.getByRole('link', { name: 'Look at it now' }).click();
    await heading(lead, 'To talk about');
    await lead.getByText('60 minutes, version 2').waitFor();
    await check(lead);
    await lead.getByLabel('In your words').fill('Support speaks first from now on.');
    await lead.getByLabel('The next after so many post-mortems').fill('5');
    await lead.getByRole('button', { name: 'Close it and keep this' }).click();
    await heading(lead, 'Earlier ones');
    await lead.getByText('0 meetings ended since').waitFor();
    await lead.getByText(', 2 meetings').click();
    await lead.getByText('Support speaks first from now on.').waitFor();
    await check(lead);
  });

  test('a member who guesses the addresses sees none of it', async () => {
    const page = await browsers.signedIn(mia);
    for (const path of [
      `/postmortems/${postmortem}/feedback`,
      '/process',
      '/process/retrospective',
    ]) {
      await page.goto(path);
      await heading(page, 'This is not open to you');
    }
    await page.goto('/handbooks');
    await heading(page, '60 minutes');
    assert.equal(await page.getByRole('link', { name: 'how we improve' }).count(), 0);
  });
});
