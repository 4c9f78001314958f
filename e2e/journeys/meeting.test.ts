import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { Client } from '../harness/client.ts';
import { MeetingPage, sameTime } from '../harness/meeting.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

interface Step {
  readonly id: string;
  readonly part: 'open' | 'record' | 'analysis' | 'actions' | 'close';
  readonly title: string;
  readonly minutes: number;
  readonly checks: readonly { readonly watch?: string | null }[];
}

interface Ballots {
  readonly items: readonly {
    readonly tally: Record<string, { dots: number; voters: number }> | null;
  }[];
}

const SECTIONS = {
  open: 'Record',
  record: 'Record',
  analysis: 'Analysis',
  actions: 'Actions',
  close: 'Closing',
};

/** Where a step brings the room: themes are chosen in a place of their own. */
function sectionOf({ part, checks }: Step): string {
  const choosing = checks.some(({ watch }) => watch === 'themes_chosen');
  return part === 'analysis' && choosing ? 'Themes' : SECTIONS[part];
}

describe('a meeting of four, from the welcome to the thanks', () => {
  let server: Server;
  let browsers: Browsers;
  let fay: Person;
  let uma: Person;
  let postmortem: string;
  let steps: readonly Step[];
  let pages: Page[];
  let all: MeetingPage[];
  let lead: MeetingPage;
  let sre: MeetingPage;
  let support: MeetingPage;
  let reader: MeetingPage;

  /** Every step that lies ahead, until one of that part begins. */
  async function goOnTo(part: Step['part']): Promise<void> {
    for (;;) {
      const { step } = await fay.api.get<{ step: { id: string } }>(
        `/postmortems/${postmortem}/meeting`,
      );
      const at = steps.findIndex(({ id }) => id === step.id);
      if (steps[at]?.part === part) return;
      await goOn();
    }
  }

  /** The time of the step runs out on every page, and the room goes to the next. */
  async function goOn(): Promise<Step> {
    const { step } = await fay.api.get<{ step: { id: string } }>(
      `/postmortems/${postmortem}/meeting`,
    );
    const at = steps.findIndex(({ id }) => id === step.id);
    const next = steps[at + 1];
    assert.ok(next, 'there is a next step');
    const left = await lead.secondsLeft();
    await Promise.all(pages.map((page) => page.clock.fastForward((left + 1) * 1000)));
    for (const page of all) {
      await until('the time is over', async () => (await page.secondsLeft()) <= 0);
    }
    await lead.next();
    for (const page of all) await page.isAt(next.title);
    await sameTime(all);
    for (const page of all) {
      const left = await page.secondsLeft();
      assert.ok(left <= next.minutes * 60 && left > next.minutes * 60 - 60, `${left} s are left`);
      await page.page.locator('nav a[aria-current]').getByText(sectionOf(next)).waitFor();
    }
    return next;
  }

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    fay = await addPerson(server, 'Fay', 'facilitator', 'engineering');
    const sam = await addPerson(server, 'Sam', 'member', 'sre');
    uma = await addPerson(server, 'Uma', 'member', 'support');
    const ed = await addPerson(server, 'Ed', 'member', 'leadership');
    postmortem = await openPostmortem(fay, 'Check-out fails for one in five');
    const { handbook } = await fay.api.get<{ handbook: { steps: Step[] } }>(
      '/handbooks/60-minutes',
    );
    steps = handbook.steps;
    pages = [];
    for (const person of [fay, sam, uma, ed]) {
      const page = await browsers.signedIn(person);
      await page.clock.install();
      await RoomPage.open(page, postmortem);
      pages.push(page);
    }
    all = pages.map((page) => new MeetingPage(page));
    [lead, sre, support, reader] = all as [MeetingPage, MeetingPage, MeetingPage, MeetingPage];
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('the facilitator opens the room, and every page is at the welcome', async () => {
    await lead.press('Open the room');
    const dialog = lead.page.getByRole('dialog', { name: 'Open the room' });
    await dialog.getByLabel('How were cause and effect linked?').selectOption('complex');
    await dialog.getByLabel('Handbook').selectOption('60-minutes');
    await dialog.getByRole('button', { name: 'Open the room' }).click();
    for (const page of all) await page.isAt(steps[0]?.title ?? '');
    await sameTime(all);
    const guide = await support.guide();
    await guide.getByText('Your first post-mortem?').waitFor();
    assert.equal(await guide.getByRole('heading', { name: 'You may say' }).count(), 0);
    await (await lead.guide()).getByRole('heading', { name: 'You may say' }).waitFor();
    await check(lead.page);
    await check(support.page);
  });

  test('the record is written, support is asked, and whoever looks elsewhere stays there', async () => {
    await goOnTo('record');
    await RoomPage.on(sre.page).add('18:43Z noticed the warning');
    await RoomPage.on(support.page).add('18:51Z first ticket: I paid twice');
    for (const { page } of all) {
      await RoomPage.on(page).shows('noticed the warning', 'first ticket: I paid twice');
    }
    await sre.press('Raise your hand');
    const guide = await lead.guide();
    await guide.getByRole('button', { name: 'Heard Sam' }).click();
    await sre.strip.getByRole('button', { name: 'Raise your hand' }).waitFor();
    await guide.getByText('To invite, seen by you alone').waitFor();
    assert.equal(
      await (await support.guide()).getByText('To invite, seen by you alone').count(),
      0,
    );
    await support.press('Let’s move on');
    await support.press(/^Let’s move on/);
    await lead.strip.getByText('1 would like to').waitFor();

    await RoomPage.on(reader.page).goTo('Summary');
    await reader.strip.getByRole('link', { name: /The room is at “Record”/ }).click();
    await reader.page.locator('nav a[aria-current]').getByText('Record').waitFor();
  });

  test('more time is decided by the room', async () => {
    const before = await lead.secondsLeft();
    await support.press('Ask for five more minutes');
    for (const page of [sre, support, lead]) {
      const asked = page.page.getByRole('status').filter({ hasText: '5 more minutes' });
      await asked.getByRole('button', { name: 'Yes' }).click();
    }
    for (const page of all) {
      await until('five minutes are added', async () => (await page.secondsLeft()) > before + 240);
    }
  });

  test('an early fix is parked', async () => {
    const guide = await sre.guide();
    await guide.getByLabel('An idea for a fix, to be parked').fill('Make the alert louder');
    await guide.getByRole('button', { name: 'Park it' }).click();
    await (await lead.guide()).getByText('Make the alert louder').waitFor();
  });

  test('the server is killed in the midst of it, and the room goes on with its time', async () => {
    const before = await sre.secondsLeft();
    await server.kill();
    await server.start();
    for (const { page } of all) await RoomPage.on(page).saved();
    await sameTime(all);
    const left = await sre.secondsLeft();
    assert.ok(left <= before && left > before - 60, `${before} s, then ${left} s were left`);
    await support.press('Raise your hand');
    await (await lead.guide()).getByRole('button', { name: 'Heard Uma' }).click();
  });

  test('what is written in silence stands in the analysis afterwards, with a name or without', async () => {
    await goOnTo('analysis');
    const guide = await lead.guide();
    await guide.getByRole('button', { name: 'Write in silence' }).click();
    for (const [page, words, anonymous] of [
      [sre, 'The small alert lay below the large one', false],
      [support, 'I did not dare to wake anybody', true],
    ] as const) {
      await page.page.getByRole('button', { name: 'Add a thought' }).click();
      if (anonymous) await page.page.getByLabel('without my name').check();
      await page.page.getByLabel('Thought 1').fill(words);
      await page.page.getByLabel('Thought 1').blur();
      await page.page.getByText('Kept, unseen').waitFor();
    }
    const { analysis } = await fay.api.record(postmortem);
    assert.deepEqual(analysis, []);
    await lead.press('End it, and show what was written');
    const { analysis: shown } = await until('both stand in the analysis', async () => {
      const record = await fay.api.record(postmortem);
      return record.analysis.length === 2 && record;
    });
    const unnamed = shown.find(({ text }) => text.includes('dare'));
    const authors = await fay.api.get<unknown>(`/postmortems/${postmortem}/record/authors`);
    assert.ok(unnamed && JSON.stringify(authors).includes(unnamed.id));
    for (const { page } of all) {
      await until('both are on the page', async () => {
        const fields = page.locator('[data-node] textarea');
        const texts = await fields.evaluateAll((all) =>
          all.map((field) => (field as HTMLTextAreaElement).value),
        );
        return texts.length === 2 && texts.some((text) => text.includes('dare'));
      });
    }
  });

  test('three dots each, hidden until they are shown, and no forged vote counts', async () => {
    for (const title of ['Alerts look alike', 'Support had nobody to ask']) {
      await fay.api.post(`/postmortems/${postmortem}/themes`, { title });
    }
    const { themes } = await fay.api.record(postmortem);
    const [first, second] = themes;
    assert.ok(first && second);
    await (await lead.guide()).getByRole('button', { name: 'Vote with dots' }).click();
    for (const page of [sre, support]) {
      await page.page.getByRole('link', { name: 'Put down your three dots' }).click();
      const more = page.page.getByRole('button', { name: 'A dot more on Alerts look alike' });
      for (let dot = 0; dot < 2; dot++) await more.click();
      await page.page
        .getByRole('button', { name: 'A dot more on Support had nobody to ask' })
        .click();
    }
    await lead.page.getByText('2 of those here have voted').waitFor();

    // Whoever writes to the document as they like changes nothing that counts.
    const forger = await new Client(server, postmortem, uma.api.token).synced();
    const meeting = forger.doc.getMap('meeting');
    meeting.set(`vote:${fay.id}`, { [second.id]: { dots: 3 } });
    meeting.set('ballot', { ...(meeting.get('ballot') as object), voters: 99 });
    await lead.page.getByText('99 of those here have voted').waitFor();
    forger.close();

    await lead.press('Show what they say');
    const tally = await until('the votes are counted', async () => {
      const { items } = await fay.api.get<Ballots>(`/postmortems/${postmortem}/ballots`);
      return items.at(-1)?.tally ?? undefined;
    });
    assert.deepEqual(tally, {
      [first.id]: { dots: 4, voters: 2 },
      [second.id]: { dots: 2, voters: 2 },
    });
    for (const { page } of all) {
      await RoomPage.on(page).goTo('Themes');
      await page.getByText('4 dots of 2 people').waitFor();
    }
    await check(lead.page);
    for (const { page } of all) await RoomPage.on(page).goTo('Analysis');
  });

  test('three actions, one of them out of the parking lot, on the grid', async () => {
    await goOnTo('actions');
    for (const { page } of all) await RoomPage.on(page).goTo('Actions');
    await lead.page
      .getByRole('button', { name: /^Take it out.*Make the alert louder$/ })
      .first()
      .click();
    for (const title of ['Give support a number to call', 'Shorten the alert']) {
      await fay.api.post(`/postmortems/${postmortem}/actions`, {
        title,
        done_when: 'it was tried once',
        owner: fay.id,
      });
    }
    await (await lead.guide()).getByRole('button', { name: 'Vote on cost and impact' }).click();
    for (const [page, cost] of [
      [sre, '1'],
      [support, '5'],
    ] as const) {
      const costs = page.page.getByRole('group', { name: 'Shorten the alert: costs' });
      await costs.getByRole('button', { name: `${cost} of 5` }).click();
      await costs.getByRole('button', { name: `${cost} of 5`, pressed: true }).waitFor();
    }
    await lead.page.getByText('2 of those here have voted').waitFor();
    await lead.press('Show what they say');
    for (const { page } of all) {
      await page.getByText('You see its cost very differently').waitFor();
    }
    await check(sre.page);
  });

  test('the closing: one thing each, four questions without a name, thanks', async () => {
    await goOnTo('close');
    for (const [page, words] of [
      [sre, 'ask what others see before I look away'],
      [support, 'call, and not wait'],
    ] as const) {
      await page.page.getByLabel('What will you do differently?').fill(words);
      await page.press('Say it');
      for (const other of all) await other.page.getByText(words).first().waitFor();
    }
    for (const { page } of [lead, sre, support]) {
      const question = page.getByRole('group', { name: 'I would come again.' });
      await question.getByLabel('5').check();
      await page.getByRole('button', { name: 'Send without my name' }).click();
      await page.getByText('Thank you, your answers are in.').waitFor();
    }
    const row = support.page.getByRole('row', { name: /I would come again/ });
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), ['0', '0', '0', '0', '3']);
    await check(support.page);
  });

  test('the facilitator leaves for good, and another ends the meeting', async () => {
    const other = await addPerson(server, 'Gil', 'facilitator', 'sre');
    await lead.page.close();
    const page = await browsers.signedIn(other);
    await RoomPage.open(page, postmortem);
    const takeover = new MeetingPage(page);
    await (await takeover.guide()).getByRole('button', { name: 'Lead from here' }).click();
    await (await takeover.guide()).getByRole('button', { name: 'End the meeting' }).click();
    await takeover.press('End it, with thanks');
    for (const { page } of [sre, support, reader]) {
      await page.getByRole('region', { name: 'The meeting' }).waitFor({ state: 'hidden' });
    }
    const record = await fay.api.record(postmortem);
    assert.deepEqual(
      [record.timeline.length, record.themes.length, record.actions.length],
      [2, 2, 3],
    );
    assert.deepEqual(record.warnings, []);
  });
});
