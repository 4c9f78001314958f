import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers, setOffline } from '../harness/browser.ts';
import { Outline, shapeOf } from '../harness/outline.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

/** The prompt cards of a handbook, as the server would give them. */
const HANDBOOK = {
  prompts: [
    {
      id: 'sensing',
      title: 'Sensing',
      lens: 'sensing',
      prompts: [
        { text: 'How did this look beside the other alerts?', kinds: ['observed'] },
        { text: 'What would normal have looked like?', kinds: ['alert'] },
      ],
    },
    {
      id: 'luck',
      title: 'Luck and success',
      prompts: [{ text: 'What usually prevents this?', kinds: ['note'] }],
    },
  ],
};

describe('a room analyses together', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let page: Page;
  let gracesPage: Page;
  let postmortem: string;
  let room: RoomPage;
  let graces: RoomPage;
  let outline: Outline;
  let gracesOutline: Outline;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
    const grace = await addPerson(server, 'Grace');
    page = await browsers.signedIn(ada);
    gracesPage = await browsers.signedIn(grace);
    for (const one of [page, gracesPage]) {
      await one.route('**/api/v1/handbooks/**', (route) => route.fulfill({ json: HANDBOOK }));
    }
    postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
    const entries = `/postmortems/${postmortem}/timeline`;
    await ada.api.post(entries, { at: '2026-03-01T18:40:00Z', text: 'Disk low', kind: 'alert' });
    const { id } = await ada.api.post(entries, {
      at: '2026-03-01T18:43:00Z',
      text: 'Saw the warning',
      kind: 'observed',
      lane: 'sre',
    });
    await ada.api.post(entries, {
      at: '2026-03-01T18:43:00Z',
      text: 'Put it down to rotating instances',
      kind: 'believed',
      lane: 'sre',
      beside: id,
    });
    room = await RoomPage.open(page, postmortem);
    graces = await RoomPage.open(gracesPage, postmortem);
    outline = new Outline(page);
    gracesOutline = new Outline(gracesPage);
  });

  afterEach(() => setOffline(page, false));

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  const agree = async (...shape: string[]) => {
    await outline.shows(...shape);
    await gracesOutline.shows(...shape);
    await room.saved();
    await graces.saved();
    const { analysis, warnings } = await ada.api.record(postmortem);
    assert.deepEqual(shapeOf(analysis), shape);
    assert.deepEqual(warnings, []);
  };

  test('a turning point is suggested from the record with its reasons, and chosen', async () => {
    await room.goTo('Analysis');
    await graces.goTo('Analysis');
    const side = page.getByRole('complementary', { name: 'Beside the analysis' });
    await side.getByText('What was believed stands beside what was seen').waitFor();
    await side.getByText('The first reaction to the alert of 18:40, 3 minutes later').waitFor();
    await side.getByRole('button', { name: 'Choose it: 18:43' }).press('Enter');
    await agree('*');
    await gracesOutline.list.getByText('Put it down to rotating instances').waitFor();
    const { analysis, timeline } = await ada.api.record(postmortem);
    assert.equal(analysis[0]?.kind, 'moment');
    assert.deepEqual(analysis[0].entries, [timeline[1]?.id, timeline[2]?.id]);
  });

  test('questions and answers are written as in an outliner, the same for everybody', async () => {
    await page.keyboard.press('Enter');
    await outline.type('Why was it put down to that?');
    await gracesOutline.shows('*', '-Why was it put down to that?');
    await page.keyboard.press('Enter');
    await outline.type('It rotates every evening');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Enter');
    await outline.type('Two cards look the same');
    await page.keyboard.press('Alt+3');
    await agree(
      '*',
      '-Why was it put down to that?',
      '--It rotates every evening',
      '--Two cards look the same',
    );
    const { analysis } = await ada.api.record(postmortem);
    assert.deepEqual(
      analysis.map(({ kind }) => kind),
      ['moment', 'question', 'answer', 'finding'],
    );
  });

  test('a “how” that fits the moment is offered beside a “why”, and taken with one key', async () => {
    await outline.focus('Why was it put down to that?');
    await page.getByText('How did this look beside the other alerts?').first().waitFor();
    await page.keyboard.press('Alt+h');
    await outline.hasFocus('How did this look beside the other alerts?');
    await agree(
      '*',
      '-Why was it put down to that?',
      '--It rotates every evening',
      '--Two cards look the same',
      '-How did this look beside the other alerts?',
    );
  });

  test('the prompt cards are those for the row in use, and are asked there', async () => {
    await outline.focus('It rotates every evening');
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    const side = page.getByRole('complementary', { name: 'Beside the analysis' });
    await side.getByText('About 18:43 Saw the warning').waitFor();
    await side.getByRole('button', { name: 'How did this look beside' }).waitFor();
    assert.equal(await side.getByRole('button', { name: 'What would normal' }).count(), 0);
    await side.getByRole('button', { name: 'How did this look beside' }).press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('How is that known?');
    await agree(
      '*',
      '-Why was it put down to that?',
      '--It rotates every evening',
      '---How is that known?',
      '--Two cards look the same',
      '-How did this look beside the other alerts?',
    );
  });

  test('two people move two branches into one another at once: both are there', async () => {
    await setOffline(page, true);
    await room.offline();
    // Ada hangs the second question below the first answer …
    await outline.menu('How did this look beside the other alerts?', 'Move below another row');
    const dialog = page.getByRole('dialog', { name: 'Below which should it stand?' });
    await dialog.getByRole('checkbox', { name: /It rotates every evening/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    // … while Grace hangs the first question, with that answer, below the second.
    await gracesOutline.focus('How did this look beside the other alerts?');
    await gracesPage.keyboard.press('Alt+ArrowUp');
    await gracesOutline.focus('Why was it put down to that?');
    await gracesPage.keyboard.press('Tab');
    await graces.saved();
    await setOffline(page, false);
    await room.saved();
    await until('both read the same, and each row once', async () => {
      const [hers, his] = [await outline.shape(), await gracesOutline.shape()];
      return hers.length === 6 && hers.join() === his.join();
    });
    const { analysis } = await ada.api.record(postmortem);
    assert.deepEqual(shapeOf(analysis), await outline.shape());
    assert.equal(analysis.length, 6);
  });

  test('a move is taken back as one step', async () => {
    const before = await outline.shape();
    const row = await outline.focus('How is that known?');
    await row.press('Alt+ArrowLeft');
    await until('it moved', async () => (await outline.shape()).join() !== before.join());
    await page.keyboard.press('Control+z');
    await agree(...before);
  });

  test('what others answer stays when the question is deleted, and comes back below it', async () => {
    const before = await outline.shape();
    await outline.focus('How is that known?');
    await page.keyboard.press('Enter');
    await outline.type('By the calendar');
    await page.keyboard.press('Tab');
    await gracesOutline.menu('How is that known?', 'Delete');
    await gracesOutline.row('By the calendar');
    await until('the answer rose', async () => {
      const shape = await outline.shape();
      return shape.includes('---By the calendar') || shape.includes('--By the calendar');
    });
    await outline.focus('By the calendar');
    await page.keyboard.press('End');
    await page.keyboard.type(' of the team');
    await gracesPage.getByRole('button', { name: 'Bring it back' }).click();
    await gracesOutline.row('By the calendar of the team');
    const deep = before.find((words) => words.endsWith('How is that known?')) ?? '';
    const depth = deep.length - deep.replace(/^-*/, '').length;
    await until('it stands below the question again', async () =>
      (await outline.shape()).includes(`${'-'.repeat(depth + 1)}By the calendar of the team`),
    );
  });

  test('where factors combine, a row stands below several, and is one', async () => {
    await outline.menu('Two cards look the same', 'Let it stand below another, too');
    const dialog = page.getByRole('dialog', { name: 'Below which does it stand, too?' });
    await dialog.getByRole('checkbox', { name: /By the calendar/ }).check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const reference = (await gracesOutline.row('By the calendar of the team')).getByRole('link', {
      name: /Two cards look the same/,
    });
    await reference.waitFor();
    await room.saved();
    const { analysis } = await ada.api.record(postmortem);
    const calendar = analysis.find(({ text }) => text.startsWith('By the calendar'));
    const cards = analysis.filter(({ text }) => text === 'Two cards look the same');
    assert.deepEqual(
      cards.map(({ also }) => also),
      [[calendar?.id]],
    );
    await reference.click();
    await gracesOutline.hasFocus('Two cards look the same');
  });

  test('a finding says what it made hard, and which information was missing', async () => {
    await outline.focus('Two cards look the same');
    const row = await outline.row('Two cards look the same');
    await row.getByLabel('What it made hard').selectOption({ label: 'Made sensing hard' });
    await row
      .getByLabel('What was the matter with the signal')
      .selectOption({ label: 'There, and nobody saw it' });
    await row.getByLabel('System involved').fill('alerting');
    await row.getByRole('button', { name: 'Information was missing' }).click();
    await row.getByLabel('Who needed it').fill('on-call');
    await row.getByLabel('What they needed').fill('which card is new');
    await row.getByLabel('Where it was').fill('the threshold’s history');
    await row.getByLabel('Where it was').press('Enter');
    await gracesOutline.focus('By the calendar of the team');
    const graceSees = await gracesOutline.row('Two cards look the same');
    await graceSees
      .getByText('needed: which card is new · was at the threshold’s history')
      .waitFor();
    await room.saved();
    const { analysis } = await ada.api.record(postmortem);
    const { tag, signal, system, needed_by, needed, was_at } =
      analysis.find(({ text }) => text === 'Two cards look the same') ?? assert.fail('no finding');
    assert.deepEqual(
      [tag, signal, system, needed_by, needed, was_at],
      ['sensing', 'unseen', 'alerting', 'on-call', 'which card is new', 'the threshold’s history'],
    );
  });

  test('rows are dragged to where the line is, with all that stands below', async () => {
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await outline.type('What else was going on?');
    await page.keyboard.press('Enter');
    await outline.type('A release');
    await page.keyboard.press('Tab');
    await gracesOutline.row('A release');
    await until('both read the same', async () => {
      return (await outline.shape()).join() === (await gracesOutline.shape()).join();
    });
    const rows = await outline.shape();
    const last = rows.at(-3)?.replace(/^-*/, '') ?? '';
    // Below the row above, one level in from the edge: beside the questions of the turning point.
    await outline.drag('What else was going on?', await outline.row(last), 'lower', 1);
    const moved = [...rows.slice(0, -2), '-What else was going on?', '--A release'];
    await agree(...moved);
  });

  test('a branch is folded, and its rows are there again when they are wanted', async () => {
    const rows = await outline.shape();
    await outline.focus('What else was going on?');
    await page.keyboard.press('Control+.');
    await outline.shows(...rows.slice(0, -1));
    await gracesOutline.shows(...rows);
    await page.keyboard.press('Control+.');
    await outline.shows(...rows);
  });

  test('rows are marked and clustered, by key and by drag', async () => {
    await outline.focus('It rotates every evening');
    await page.keyboard.press('Alt+x');
    await outline.focus('By the calendar of the team');
    await page.keyboard.press('Alt+x');
    await page.getByText('2 rows are marked').waitFor();
    await page.keyboard.press('Alt+c');
    await until('the cluster wants a name', () =>
      page.evaluate(() => document.activeElement?.closest('[data-cluster]') !== null),
    );
    await page.keyboard.type('What everybody knows');
    const card = page.locator('[data-cluster]');
    const released = await outline.row('A release');
    await released.hover();
    const from = await released.locator('.grip').boundingBox();
    const to = await card.boundingBox();
    assert.ok(from && to);
    await page.mouse.move(from.x + 4, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x + 40, to.y + 12, { steps: 6 });
    await page.mouse.up();
    await card.getByRole('link', { name: 'A release' }).waitFor();
    await room.saved();
    const { themes, analysis } = await ada.api.record(postmortem);
    assert.equal(themes[0]?.candidate, true);
    const words = themes[0].nodes.map((id) => analysis.find((node) => node.id === id)?.text);
    assert.deepEqual(
      new Set(words),
      new Set(['It rotates every evening', 'By the calendar of the team', 'A release']),
    );
  });

  test('what has words in common is suggested as a cluster, and says which', async () => {
    const nodes = `/postmortems/${postmortem}/analysis`;
    for (const text of ['Staging never rotates its instances', 'Rotation differs in staging']) {
      await ada.api.post(nodes, { kind: 'finding', text });
    }
    await room.goTo('Themes');
    await page.getByText('Both speak of: staging, rotates').waitFor();
    await page.getByRole('button', { name: /^Make it a cluster/ }).click();
    await page
      .getByRole('list', { name: 'Clusters' })
      .getByLabel('Cluster', { exact: true })
      .nth(1)
      .waitFor();
  });

  test('three themes are chosen, and a fourth only with a reason', async () => {
    for (const title of ['Cards look alike', 'Nobody is told']) {
      await ada.api.post(`/postmortems/${postmortem}/themes`, { title, candidate: true });
    }
    const clusters = page.getByRole('list', { name: 'Clusters' });
    const chosen = page.getByRole('list', { name: 'Chosen themes' }).getByLabel('Theme', {
      exact: true,
    });
    for (const title of ['What everybody knows', 'Cards look alike', 'Nobody is told']) {
      await clusters.getByRole('button', { name: `Choose: ${title}` }).click();
    }
    await until('three are chosen', async () => (await chosen.count()) === 3);
    await clusters.getByRole('button', { name: /^Choose/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Three are chosen already' });
    await dialog.getByLabel('Why this one, too').fill('It costs an hour');
    await dialog.getByRole('button', { name: 'Choose it all the same' }).click();
    await until('four are chosen', async () => (await chosen.count()) === 4);
    await room.saved();
    const { themes } = await ada.api.record(postmortem);
    assert.deepEqual(themes.map(({ candidate, reason }) => [candidate, reason]).sort(), [
      [false, ''],
      [false, ''],
      [false, ''],
      [false, 'It costs an hour'],
    ]);
    await page
      .getByRole('listitem')
      .filter({ has: page.getByText('Why this one, too') })
      .getByRole('button', { name: 'More about this theme' })
      .click();
    await page.getByRole('menuitem', { name: 'Back to the clusters' }).click();
    await until('three are left', async () => (await chosen.count()) === 3);
  });

  test('an entry is chosen as a turning point where it stands', async () => {
    await room.goTo('Record');
    await room.row('Disk low').hover();
    await room.row('Disk low').getByRole('button', { name: 'More about this entry' }).click();
    await page.getByRole('menuitem', { name: 'Choose as a turning point' }).click();
    await page.getByRole('button', { name: 'Go to it' }).click();
    await outline.list.getByRole('link', { name: /Disk low/ }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everybody can use it, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      for (const tab of ['Turning points', 'Prompts', 'Clusters']) {
        await page.getByRole('tab', { name: tab }).click();
        // Nothing lies half below the bar that stays in sight.
        await page.evaluate(() => scrollTo(0, 0));
        await check(page);
      }
      await room.goTo('Themes');
      await page.getByRole('heading', { name: 'Clusters' }).waitFor();
      await check(page);
      await room.goTo('Analysis');
      await outline.list.waitFor();
    });
  }

  test('on a phone it is read, and an answer is added', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('complementary', { name: 'Beside the analysis' }).waitFor({
      state: 'hidden',
    });
    const drawer = page.getByRole('dialog', { name: 'Help' });
    if (await drawer.isVisible()) await drawer.getByRole('button', { name: 'Close' }).click();
    await outline.menu('What else was going on?', 'Add an answer below');
    await outline.type('A marketing mail');
    await gracesOutline.row('A marketing mail');
    await check(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, 'nothing stands beyond the edge');
  });
});
