import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const HOUR = 60 * 60 * 1000;

interface Hours {
  readonly humane: boolean;
  readonly candidates: readonly {
    readonly starts_at: string;
    readonly people: readonly { readonly name: string; readonly strain: string | null }[];
  }[];
}

interface Call {
  readonly id: string;
  readonly state: string;
  readonly attendances: readonly { readonly name: string }[];
}

/** A calendar that is busy from then on for so many hours. */
function calendar(from: number, hours: number): string {
  const basic = (at: number) => `${new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:Nobody reads this',
    `DTSTART:${basic(from)}`,
    `DTEND:${basic(from + hours * HOUR)}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

describe('an hour to meet', () => {
  let server: Server;
  let browsers: Browsers;
  let feed: HttpServer;
  let address: string;
  let body = 'no calendar yet';
  let flo: Person;
  let kit: Person;
  let postmortem: string;
  let page: Page;

  before(async () => {
    feed = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
    await once(feed, 'listening');
    const at = feed.address();
    assert.ok(at !== null && typeof at === 'object');
    address = `http://127.0.0.1:${at.port}/kit/secret.ics`;
    server = await Server.start();
    browsers = await Browsers.start(server);
    flo = await addPerson(server, 'Flo', 'facilitator', 'sre');
    kit = await addPerson(server, 'Kit', 'member', 'support');
    // In the zones of both it is somebody's day for most of the same hours.
    for (const [person, zone] of [
      [flo, 'Europe/Berlin'],
      [kit, 'Asia/Kolkata'],
    ] as const) {
      const path = `/people/${person.id}`;
      await person.api.must(200, 'PATCH', path, { time_zone: zone }, { 'if-match': '*' });
    }
    const ended = new Date(Date.now() - HOUR).toISOString();
    const started = new Date(Date.now() - 3 * HOUR).toISOString();
    const opened = await flo.api.post('/postmortems', {
      title: 'Check-out fails for one in five',
      incident: { started_at: started, stabilised_at: ended },
    });
    postmortem = opened.id;
    page = await browsers.signedIn(flo);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    feed.close();
  });

  const hours = () => flo.api.get<Hours>(`/postmortems/${postmortem}/hours`);
  const candidates = () => page.getByRole('region', { name: 'Hours that suit' });

  test('is looked for from the room, and begins with who comes', async () => {
    await page.goto(`/postmortems/${postmortem}`);
    await page.getByRole('link', { name: 'When to meet' }).click();
    await page.getByRole('heading', { level: 1, name: 'When' }).waitFor();
    await page.getByText('Nobody of Support is asked yet.').waitFor();
    await check(page);
    for (const name of ['Flo', 'Kit']) {
      await page.getByRole('button', { name: `Ask ${name}`, exact: true }).click();
      await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
    }
    await candidates().getByText('Kolkata').first().waitFor();
    await check(page);
    const found = await hours();
    assert.equal(found.humane, true);
    for (const { starts_at } of found.candidates) {
      assert.ok(Date.parse(starts_at) >= Date.now() + 22 * HOUR, `${starts_at} is too soon`);
    }
  });

  test('goes round what stands in a calendar, of which only the times are known', async () => {
    const [first] = (await hours()).candidates;
    assert.ok(first !== undefined);
    const theirs = await browsers.signedIn(kit);
    await theirs.goto('/me#hours');
    await theirs.getByLabel('Secret address of a calendar').fill(address);
    await theirs.getByRole('button', { name: 'Add the calendar' }).click();
    await theirs.getByText('127.0.0.1/…', { exact: true }).first().waitFor();
    await until('it is said that there is no calendar', async () => {
      await theirs.reload();
      await theirs.getByText('127.0.0.1/…', { exact: true }).first().waitFor();
      return theirs.getByText('There is no calendar at this address.').isVisible();
    });
    await check(theirs);
    assert.doesNotMatch(await theirs.content(), /secret\.ics/);

    // Removed and added again, it is read at once.
    body = calendar(Date.parse(first.starts_at) - 4 * HOUR, 20);
    await theirs.getByRole('button', { name: 'Remove 127.0.0.1/…' }).click();
    await theirs.getByText('127.0.0.1/…', { exact: true }).first().waitFor({ state: 'detached' });
    await theirs.getByLabel('Secret address of a calendar').fill(address);
    await theirs.getByRole('button', { name: 'Add the calendar' }).click();
    await until('another hour is found', async () => {
      const [now] = (await hours()).candidates;
      return now !== undefined && now.starts_at !== first.starts_at;
    });
    const response = await flo.api.send('GET', `/postmortems/${postmortem}/hours`);
    assert.doesNotMatch(JSON.stringify(response.body), /Nobody reads this/);
  });

  test('respects the hours and days off that somebody says', async () => {
    const theirs = await browsers.signedIn(kit);
    await theirs.goto('/me#hours');
    await theirs.getByLabel('Monday from').waitFor();
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
      await theirs.getByLabel(`${day} from`).selectOption('14:00');
      await theirs.getByLabel(`${day} until`).selectOption('22:00');
    }
    await theirs.getByLabel('Public holidays of').selectOption('SG');
    await theirs.getByRole('button', { name: 'Save your hours' }).click();
    await theirs.getByText('Saved.').waitFor();
    await check(theirs);
    const kept = await kit.api.get<{ hours: unknown[]; country: string }>('/me/availability');
    assert.deepEqual(kept.hours[0], { from: '14:00', until: '22:00' });
    assert.equal(kept.country, 'SG');
  });

  test('is refused with a word, and proposed', async () => {
    await page.reload();
    const first = candidates().getByRole('article').first();
    const before = (await hours()).candidates[0]?.starts_at;
    await first.getByRole('button', { name: 'I cannot come then' }).click();
    await first.getByLabel('Why not?').fill('the school run');
    await check(page);
    await first.getByRole('button', { name: 'I cannot come then' }).click();
    await page.getByText('“the school run”').first().waitFor();
    assert.notEqual((await hours()).candidates[0]?.starts_at, before);

    const day = new Date(Date.now() + 6 * 24 * HOUR).toISOString().slice(0, 10);
    await page.getByLabel('Another day').fill(day);
    await page.getByLabel('At', { exact: true }).selectOption('13:15');
    await page.getByRole('button', { name: 'Propose this hour' }).click();
    await page.getByText('Proposed by Flo.').waitFor();
    await check(page);
  });

  test('is chosen, and everybody is asked to it', async () => {
    const chosen = (await hours()).candidates[0]?.starts_at;
    await candidates().getByRole('button', { name: 'Meet then' }).first().click();
    await page.getByLabel('Link to the call').fill('https://meet.example.com/abc');
    await check(page);
    await page.getByRole('button', { name: 'Invite everybody' }).click();
    const arranged = page.getByRole('region', { name: 'Arranged' });
    await arranged.getByRole('link', { name: 'Join the call' }).waitFor();
    await check(page);
    const { items } = await kit.api.get<{ items: { starts_at: string; minutes: number }[] }>(
      `/postmortems/${postmortem}/appointments`,
    );
    assert.deepEqual(
      items.map(({ starts_at, minutes }) => ({ starts_at, minutes })),
      [{ starts_at: chosen, minutes: 60 }],
    );
  });

  const day = (after: number) =>
    new Date(Date.now() + after * 24 * HOUR).toISOString().slice(0, 10);

  async function away(person: Person, from: number, until: number) {
    const { hours: week } = await person.api.get<{ hours: unknown[] }>('/me/availability');
    const days_off = [{ from: day(from), until: day(until) }];
    const body = { hours: week, days_off };
    await person.api.must(200, 'PUT', '/me/availability', body, { 'if-match': '*' });
  }

  async function calls() {
    const { items } = await kit.api.get<{ items: Call[] }>(
      `/postmortems/${postmortem}/appointments`,
    );
    return items.filter(({ state }) => state === 'standing');
  }

  test('that suits not everybody becomes two, each for those whom it suits', async () => {
    for (const { id } of await calls()) {
      await flo.api.must(204, 'DELETE', `/appointments/${id}`, undefined, { 'if-match': '*' });
    }
    await away(kit, -1, 5);
    await away(flo, 6, 20);
    await page.reload();
    const sessions = page.getByRole('region', { name: 'Two sessions instead' });
    const arrange = async (at: number, name: string) => {
      await sessions.getByRole('button', { name: 'Meet then' }).nth(at).click();
      await page.getByText(`For ${name}. Everybody else comes to another session`).waitFor();
      await check(page);
      await page.getByRole('button', { name: 'Invite them' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await arrange(0, 'Flo');
    const left = page.getByText(/Kit\s+is asked to none of these/);
    await left.waitFor();
    await check(page);
    await arrange(1, 'Kit');
    await left.waitFor({ state: 'detached' });
    const asked = (await calls()).map((it) => it.attendances.map(({ name }) => name));
    assert.deepEqual(asked, [['Flo'], ['Kit']]);
  });

  test('that suits somebody not at all is told as such, with input in writing instead', async () => {
    await away(kit, -1, 20);
    await page.reload();
    await page.getByText('There is no hour inside the day of everybody').waitFor();
    const written = page.getByRole('region', { name: 'Input in writing' });
    await check(page);
    assert.equal((await hours()).humane, false);
    await written.getByRole('button', { name: 'Ask for their input' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Kit' }).waitFor();
    await check(page);
    await dialog.getByRole('button', { name: 'Ask one person' }).click();
    await page.getByText('One person is asked').waitFor();
    const { wanted } = await kit.api.get<{ wanted: readonly unknown[] }>('/home');
    assert.equal(wanted.length, 1);
  });
});
