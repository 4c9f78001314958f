import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browsers } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

let server: Server;
let browsers: Browsers;
let ada: Person;
let grace: Person;

before(async () => {
  server = await Server.start();
  browsers = await Browsers.start(server);
  ada = await addPerson(server, 'Ada');
  grace = await addPerson(server, 'Grace');
});

after(async () => {
  await browsers.stop();
  await server.stop();
});

test('a full disk is said at once, reading goes on, and all is stored when there is room', async () => {
  const postmortem = await openPostmortem(ada, 'Check-out fails for one in five');
  const adas = await RoomPage.open(await browsers.signedIn(ada), postmortem);
  const gracesPage = await browsers.signedIn(grace);
  await adas.add('18:43Z noticed the warning');
  // The page says "Saved" from before until the time is read and the row is there.
  await until('the server has the entry', async () => {
    return (await ada.api.record(postmortem)).timeline.length === 1;
  });
  await adas.saved();

  await server.fillDisk(true);
  await adas.add('18:50Z restarted the queue');
  await adas.offline(/\d+ edits? not stored yet/);
  await adas.page.getByText('The server cannot store edits at the moment.').waitFor();
  await adas.page.getByText('Your words are kept in this browser.').waitFor();
  await gracesPage.goto(`/postmortems/${postmortem}`);
  const graces = RoomPage.on(gracesPage);
  await graces.shows('noticed the warning');
  assert.equal((await graces.texts()).length, 1);

  await server.fillDisk(false);
  await adas.saved();
  await graces.shows('restarted the queue');
  const { timeline } = await ada.api.record(postmortem);
  assert.equal(timeline.length, 2);
});
