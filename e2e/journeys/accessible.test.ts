import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { check as checkPage } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson } from '../harness/people.ts';
import { type Part, RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { tellStory } from '../harness/story.ts';

/** Every part of the room, and what stands there once it is complete. */
const PARTS: Readonly<Record<Part, (page: Page) => Locator>> = {
  Record: (page) => page.getByRole('listitem', { name: 'Rolled back' }),
  Lanes: (page) => page.getByRole('link', { name: /Rolled back/ }),
  Analysis: (page) => page.getByLabel('Question, level 1'),
  Themes: (page) => page.getByLabel('Theme', { exact: true }),
  Actions: (page) => page.getByLabel('Action', { exact: true }),
  Closing: (page) => page.getByText('The end comes at the end'),
  Summary: (page) => page.getByText('one in five', { exact: true }),
  History: (page) => page.getByRole('listitem').filter({ hasText: 'Ada' }).first(),
  Publish: (page) =>
    // The picture says it first, which shows it to the pointer alone.
    page
      .getByRole('region', { name: /^Preview/ })
      .getByText('Rolled back')
      .last(),
};

describe('every page can be used by everybody', () => {
  let server: Server;
  let browsers: Browsers;
  let stranger: Page;
  let page: Page;
  let story: string;
  let published: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    const ada = await addPerson(server, 'Ada', 'admin');
    story = await tellStory(ada);
    published = await tellStory(ada);
    await ada.api.post(`/postmortems/${published}/publication`, { naming: 'roles' });
    stranger = await browsers.stranger();
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    const check = async (at: Page) => {
      await at.emulateMedia({ colorScheme });
      await checkPage(at);
    };

    for (const path of ['/sign-in', '/sign-in/link#none']) {
      test(`${path}, ${colorScheme}`, async () => {
        await stranger.goto(path);
        await stranger.getByRole('heading', { level: 1 }).waitFor();
        await check(stranger);
      });
    }

    for (const path of [
      '/',
      '/postmortems/new',
      '/actions',
      '/actions?view=board&state=all',
      '/library',
      '/people',
      '/organisation',
      '/policies',
      '/sources',
      '/wording',
      '/handbooks',
      '/handbooks/60-minutes',
      '/handbooks/60-minutes/edit',
      '/handbooks/60-minutes/versions',
      '/first-time',
      '/glossary',
      '/me',
      '/channels',
      '/nowhere',
    ]) {
      test(`${path}, ${colorScheme}`, async () => {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await check(page);
      });
    }

    test(`a published page, ${colorScheme}`, async () => {
      await page.goto(`/library/${published}`);
      await page.getByText('Rolled back').last().waitFor();
      await check(page);
    });

    for (const [part, content] of Object.entries(PARTS)) {
      test(`the room, ${part}, ${colorScheme}`, async () => {
        const room = await RoomPage.open(page, story);
        await room.goTo(part as Part);
        await content(page).waitFor();
        await check(page);
      });
    }

    test(`the room while an entry is edited, ${colorScheme}`, async () => {
      const room = await RoomPage.open(page, story);
      await room.edit('Rolled back');
      await check(page);
    });
  }
});
