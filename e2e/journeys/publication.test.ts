import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import WebSocket from 'ws';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { tellStory, WITHHELD } from '../harness/story.ts';

describe('a publication with roles', () => {
  let server: Server;
  let browsers: Browsers;
  let grace: Person;
  let noor: Person;
  let postmortem: string;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    grace = await addPerson(server, 'Grace Hopper');
    noor = await addPerson(server, 'Noor');
    postmortem = await tellStory(grace);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  test('is made in the room, after a look at what readers will see', async () => {
    const page = await browsers.signedIn(grace);
    const room = await RoomPage.open(page, postmortem);
    await room.goTo('Publish');
    await page.getByRole('radio', { name: /roles/i }).check();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: 'Read it in the library' }).waitFor();
  });

  test('is found and read by somebody who was not in the room', async () => {
    const page = await browsers.signedIn(noor);
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByLabel('Search the library').fill('spins for ever');
    await page.getByRole('link', { name: 'Check-out fails for one in five' }).click();
    await page.getByRole('heading', { level: 1, name: 'Check-out fails' }).waitFor();
    await page.getByText('Rolled back to the release of the morning').last().waitFor();
    const text = await page.content();
    assert.ok(!text.includes(WITHHELD), 'what was withheld stands on the page');
    assert.ok(!text.includes('Grace'), 'a name stands on a page of roles');
  });

  test('holds nothing that was withheld, wherever a reader looks', async () => {
    const word = encodeURIComponent('switched off in a drawer');
    const found = await noor.api.get<{ items: unknown[] }>(`/library?q=${word}`);
    assert.deepEqual(found.items, []);
    for (const path of [
      `/library/${postmortem}`,
      `/postmortems/${postmortem}/publication`,
      `/postmortems/${postmortem}/export?format=md`,
      `/postmortems/${postmortem}/export?format=json`,
    ]) {
      const { status, body } = await noor.api.send('GET', path);
      assert.equal(status, 200, path);
      const text = JSON.stringify(body);
      assert.ok(text.includes('Rolled back'), `${path} is not the publication`);
      assert.ok(!text.includes('drawer'), `${path} holds what was withheld`);
      assert.ok(!text.includes('Grace') && !text.includes(grace.id), `${path} holds a name`);
    }
  });

  test('is to be read before the app has arrived, by whoever may read it', async () => {
    const page = await browsers.signedIn(noor);
    const scripts = /\/assets\/.*\.js$/;
    await page.context().route(scripts, (route) => route.abort());
    await page.goto(`/library/${postmortem}`);
    await page.getByRole('heading', { level: 1, name: 'Check-out fails' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'What happened' }).waitFor();
    assert.match(await page.title(), /^Check-out fails for one in five · /);
    assert.ok(!(await page.content()).includes('Grace'), 'a name stands on a page of roles');
    await check(page);
    await page.context().unroute(scripts);
    await page.reload();
    await page.getByText('Rolled back to the release of the morning').last().waitFor();
    assert.equal(await page.locator('#early').count(), 0);

    const stranger = await fetch(`${server.address}/library/${postmortem}`);
    assert.equal(stranger.status, 200);
    assert.ok(!(await stranger.text()).includes('Check-out'), 'whoever is not signed in reads it');
  });

  test('is linked to another by who was there', async () => {
    const incident = { started_at: '2026-03-02T10:00:00Z', stabilised_at: '2026-03-02T11:00:00Z' };
    const other = await grace.api.post('/postmortems', { title: 'Search is slow', incident });
    await grace.api.post(`/postmortems/${other.id}/publication`, {});
    const page = await browsers.signedIn(grace);
    await page.goto(`/library/${postmortem}`);
    await page.getByLabel('Find another post-mortem that belongs to it').fill('slow');
    await page.getByRole('button', { name: /Belongs to it ?: Search is slow/ }).click();
    await page.getByRole('button', { name: 'Does not belong to it' }).waitFor();
    await check(page);
  });

  test('is asked about by who was not there, and answered by who was', async () => {
    const reader = await browsers.signedIn(noor);
    await reader.goto(`/library/${postmortem}`);
    for (const question of ['How did support hear of it?', 'Is this the right page?']) {
      await reader.getByLabel('Ask something').fill(question);
      await reader.getByRole('button', { name: 'Ask', exact: true }).click();
      await reader.getByRole('listitem').filter({ hasText: question }).waitFor();
    }
    assert.equal(await reader.getByLabel('Ask something').inputValue(), '');
    const second = reader.getByRole('listitem').filter({ hasText: 'the right page' });
    await second.getByRole('button', { name: 'Take it back' }).click();
    await second.waitFor({ state: 'detached' });

    const page = await browsers.signedIn(grace);
    await page.goto('/');
    const waits = page.getByRole('region', { name: 'Readers ask' });
    await waits.getByRole('link', { name: 'Check-out fails' }).click();
    const asked = page.getByRole('listitem').filter({ hasText: 'How did support hear' });
    await asked.getByRole('button', { name: 'Answer' }).click();
    await asked.getByLabel('Your answer').fill('By the third ticket of that morning.');
    await asked.getByRole('button', { name: 'Answer' }).click();
    await asked.getByText('By the third ticket').waitFor();
    await check(page);

    await reader.reload();
    await reader.getByText('By the third ticket').waitFor();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await waits.waitFor({ state: 'detached' });
  });

  test('closes the record to everybody who was not in it', async () => {
    const [entry] = (await grace.api.record(postmortem)).timeline;
    assert.ok(entry !== undefined);
    const below = `/postmortems/${postmortem}`;
    for (const path of ['/record', '/record/history', '/prose/summary', `/timeline/${entry.id}`]) {
      const { status, body } = await noor.api.send('GET', `${below}${path}`);
      assert.equal(status, 403, `${path}: ${JSON.stringify(body)}`);
    }
    const write = await noor.api.send('POST', `${below}/timeline`, {
      at: '2026-03-01T18:44:00Z',
      text: 'later',
    });
    assert.equal(write.status, 403);
    assert.equal(await closeCode(noor), 4403);
    assert.equal((await grace.api.record(postmortem)).timeline.length, 4);
  });

  test('says so to a reader who follows a link to the room', async () => {
    const page = await browsers.signedIn(noor);
    await page.goto(`/postmortems/${postmortem}`);
    await page
      .getByRole('link', { name: /published|library/i })
      .first()
      .waitFor();
    assert.ok(!(await page.content()).includes('drawer'));
  });

  function closeCode(person: Person): Promise<number> {
    const address = `${server.address.replace('http', 'ws')}/sync/${postmortem}`;
    const socket = new WebSocket(`${address}?token=${person.api.token}`);
    return new Promise((done) => {
      socket.on('close', done);
    });
  }
});
