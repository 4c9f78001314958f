import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Browsers, setOffline, signIn } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';
import { Upgradable } from '../harness/upgrade.ts';

const TITLE = 'Check-out fails for one in five';

describe('without the server', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let grace: Person;
  let page: Page;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
    grace = await addPerson(server, 'Grace');
  });

  beforeEach(async () => {
    postmortem = await openPostmortem(ada, TITLE);
    page = await browsers.signedIn(ada);
    const room = await RoomPage.open(page, postmortem);
    await room.add('18:43Z noticed the warning');
    await room.saved();
    await room.kept();
    await appKept(page);
  });

  afterEach(() => page.context().close());

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  /** As somebody does who closes the tab and opens another one. */
  async function anew(path: string): Promise<RoomPage> {
    const context = page.context();
    await page.close();
    page = await context.newPage();
    await page.goto(path);
    return RoomPage.on(page);
  }

  test('the app opens offline, finds the room, and what is written there arrives', async () => {
    await setOffline(page, true);
    let room = await anew('/');
    await page.getByText('You are offline.').waitFor();
    await page.getByRole('region', { name: 'Kept on this device' }).waitFor();
    await page.getByRole('link', { name: TITLE }).click();
    await room.shows('noticed the warning');
    await room.add('18:55Z restarted the queue');
    const editor = await room.edit('noticed the warning');
    await editor.pressSequentially(' on a train');
    await editor.press('Escape');
    await room.offline(/Offline with \d+ edits? kept here/);
    await room.kept();

    room = await anew(`/postmortems/${postmortem}`);
    await room.shows('noticed the warning on a train', 'restarted the queue');
    await room.offline(/Offline with \d+ edits? kept here/);

    await setOffline(page, false);
    await room.saved();
    await until(
      'the notice is gone',
      async () => !(await page.getByText('You are offline.').isVisible()),
    );
    const graces = await RoomPage.open(await browsers.signedIn(grace), postmortem);
    await graces.shows('noticed the warning on a train', 'restarted the queue');
    await graces.page.context().close();
  });

  test('the same while the server is down, and what changed meanwhile is shown afterwards', async () => {
    await server.kill();
    const room = await anew(`/postmortems/${postmortem}`);
    await page.getByText('The server cannot be reached.').waitFor();
    await room.shows('noticed the warning');
    await room.add('18:55Z restarted the queue');
    await room.offline(/Offline with \d+ edits? kept here/);

    // The page stays away until the title is another: otherwise it is sometimes the quicker of the two.
    await setOffline(page, true);
    await server.start();
    const path = `/postmortems/${postmortem}`;
    const { etag } = await ada.api.send('GET', path);
    await ada.api.must(200, 'PATCH', path, { title: 'Renamed' }, { 'if-match': etag ?? '' });
    await setOffline(page, false);
    await room.saved();
    await page.getByRole('heading', { name: 'Renamed' }).waitFor();
    await until(
      'the notice is gone',
      async () => !(await page.getByText('cannot be reached').isVisible()),
    );
  });

  test('pages that need the server say so', async () => {
    await setOffline(page, true);
    await anew('/library');
    await page.getByText('The server cannot be reached').first().waitFor();
    await page.getByText('stay open to you').waitFor();
  });

  test('after signing out nothing of it is left, nor for whoever comes next', async () => {
    await page.getByRole('button', { name: 'your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await until('nothing is kept', async () => (await kept(page)).length === 0);

    await setOffline(page, true);
    await anew(`/postmortems/${postmortem}`);
    await page.getByText('The server cannot be reached').first().waitFor();
    assert.equal(await page.getByText(TITLE).count(), 0);
    assert.equal(await page.getByText('noticed the warning').count(), 0);

    await setOffline(page, false);
    await signIn(page, grace);
    await setOffline(page, true);
    await anew('/');
    await page.getByText('none was yet').waitFor();
    assert.equal(await page.getByText(TITLE).count(), 0);
  });

  test('whoever signs in next, without anybody signing out, finds nothing of it', async () => {
    await page.context().clearCookies();
    await signIn(page, grace);
    const found = await kept(page);
    assert.ok(!found.some((text) => text.includes(ada.id)), found.join('\n'));
    await setOffline(page, true);
    await anew('/');
    await page.getByText('none was yet').waitFor();
  });

  test('signing out in one tab closes the room in the others', async () => {
    const other = await page.context().newPage();
    await RoomPage.open(other, postmortem);
    await page.getByRole('button', { name: 'your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await until('nothing is kept', async () => (await kept(page)).length === 0);
  });
});

describe('a new version of the app', () => {
  let server: Server;
  let browsers: Browsers;
  let upgradable: Upgradable;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    upgradable = await Upgradable.start(server);
  });

  after(async () => {
    await browsers.stop();
    await upgradable.stop();
    await server.stop();
  });

  test('is asked for every time, and takes over without breaking what is open', async () => {
    const worker = await fetch(`${server.address}/worker.js`);
    assert.equal(worker.headers.get('cache-control'), 'no-cache');
    assert.match(worker.headers.get('content-type') ?? '', /javascript/);

    const old = await browsers.stranger();
    await old.goto(`${upgradable.address}/sign-in`);
    await appKept(old);
    upgradable.upgrade();

    const fresh = await old.context().newPage();
    await fresh.goto(`${upgradable.address}/sign-in`);
    assert.match(await script(fresh), /-next\.js$/);
    await old.getByText('A new version of Afterword is here.').waitFor();
    // What the old page has not loaded yet is gone from the server, and still here.
    await old.evaluate(() => {
      history.pushState(null, '', '/sign-in/link');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await old.getByRole('heading', { name: 'Welcome back' }).waitFor();

    await old.getByRole('button', { name: 'Load it' }).click();
    await old.waitForEvent('load');
    assert.match(await script(old), /-next\.js$/);
    assert.equal(await fresh.getByText('A new version').count(), 0);

    await setOffline(fresh, true);
    await fresh.reload();
    assert.match(await script(fresh), /-next\.js$/);
    await fresh.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

/** The browser has the whole app. */
async function appKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

function script(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector('script[type=module]')?.getAttribute('src') ?? '',
  );
}

/** All that this browser keeps beside the app itself: databases, and what is being written. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found = Object.entries(localStorage)
      .filter(([name]) => name.startsWith('afterword:draft:'))
      .map(([name, value]) => `${name} ${value}`);
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        await new Promise<void>((resolve, reject) => {
          const walk = database.transaction(store).objectStore(store).openCursor();
          walk.onerror = () => reject(walk.error);
          walk.onsuccess = () => {
            if (walk.result === null) return resolve();
            found.push(`${name} ${walk.result.key} ${JSON.stringify(walk.result.value)}`);
            walk.result.continue();
          };
        });
      }
      database.close();
    }
    return found;
  });
}
