import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { readCalendar, readInvitation } from '../harness/invitation.ts';
import { linkIn, MailServer } from '../harness/mail.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const HOUR = 60 * 60 * 1000;
const TITLE = 'Überlauf im Check-out; “café”, 東京';
const CALL_URL = 'https://meet.example.org/a,b;c?d=e';

interface Call {
  readonly id: string;
  readonly etag: string;
  readonly starts_at: string;
  readonly warning: string | null;
}

interface Hours {
  readonly humane: boolean;
  readonly candidates: readonly {
    readonly starts_at: string;
    readonly people: readonly { readonly strain: string | null; readonly why: readonly string[] }[];
  }[];
  readonly notes: readonly string[];
  readonly offer: { readonly sessions: readonly { readonly starts_at: string }[] } | null;
}

/** At a whole hour so many hours from now. */
function inHours(hours: number): string {
  const at = Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR;
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** As Python writes it. */
const utc = (at: string) => at.replace('Z', '+00:00');

describe('everybody is asked to a call', () => {
  let mail: MailServer;
  let server: Server;
  let browsers: Browsers;
  let flo: Person;
  let zoe: Person;
  let kai: Person;
  let postmortem: string;
  let call: Call;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    flo = await addPerson(server, 'Flo', 'facilitator');
    zoe = await addPerson(server, 'Zoe');
    kai = await addPerson(server, 'Kai');
    await live(flo, 'Flo', 'Europe/Berlin');
    await live(zoe, 'Zoë, "Z"; O\'Neil', 'Australia/Sydney');
    await live(kai, 'Kai', 'America/Los_Angeles');
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  async function live(person: Person, name: string, time_zone: string) {
    const path = `/people/${person.id}`;
    await person.api.must(200, 'PATCH', path, { name, time_zone }, { 'if-match': '*' });
  }

  const list = () => `/postmortems/${postmortem}/appointments`;
  const invitation = async (person: Person, after: number) =>
    readInvitation(await mail.newestRaw(person.email, after));
  const change = async (body: unknown) => {
    const headers = { 'if-match': `"${call.etag}"` };
    call = await flo.api.must<Call>(200, 'PATCH', `/appointments/${call.id}`, body, headers);
  };

  /** PagerDuty tells of a step of an incident. */
  async function pagerTells(secret: string, step: string, at: Date) {
    const body = JSON.stringify({
      event: {
        id: `${step} ${at.toISOString()}`,
        event_type: `incident.${step}`,
        occurred_at: at.toISOString(),
        data: {
          id: 'PGR0VU2',
          html_url: 'https://example.pagerduty.com/incidents/PGR0VU2',
          number: 1207,
          title: TITLE,
          service: { summary: 'checkout' },
          priority: { summary: 'P1' },
          urgency: 'high',
        },
      },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-pagerduty-signature': `v1=${signature}` };
    const address = `${server.address}/api/v1/hooks/pager`;
    assert.equal((await fetch(address, { method: 'POST', body, headers })).status, 204);
  }

  const wanted = (starts_at: string) => ({
    starts_at,
    minutes: 60,
    call_url: CALL_URL,
    recorded: true,
  });

  test('about an incident whose draft a paging tool opened, not while production is down', async () => {
    const alma = await addPerson(server, 'Alma', 'admin');
    const source = { vendor: 'pagerduty', name: 'Pager' };
    const { secret } = await alma.api.post<{ secret: string }>('/sources', source);
    await pagerTells(secret, 'triggered', new Date(Date.now() - 60_000));
    postmortem = await until('the draft', async () => {
      const drafts = await flo.api.get<{ items: { id: string }[] }>('/postmortems');
      return drafts.items[0]?.id;
    });
    await flo.api.must(409, 'POST', list(), wanted(inHours(30)));
    await pagerTells(secret, 'resolved', new Date());
    await until('the end', async () => {
      const read = await flo.api.get<{ stage: string }>(`/postmortems/${postmortem}`);
      return read.stage === 'rest';
    });
  });

  test('nor before people have rested, and at an hour inside their days or with a reason', async () => {
    await flo.api.must(422, 'POST', list(), wanted(inHours(2)));
    // A day passes.
    const incident = {
      started_at: inHours(-30),
      detected_at: inHours(-29),
      stabilised_at: inHours(-26),
      resolved_at: inHours(-25),
    };
    const path = `/postmortems/${postmortem}`;
    await flo.api.must(200, 'PATCH', path, { incident }, { 'if-match': '*' });
    for (const person of [zoe, kai, flo]) {
      await flo.api.must(200, 'PUT', `${path}/invitees/${person.id}`, { needed: true });
    }
    const hours = await flo.api.get<Hours>(`${path}/hours?minutes=60`);
    const [best] = hours.candidates;
    assert.equal(best?.people.length, 3);
    // From San Francisco over Berlin to Sydney no hour is in everybody's working day: in which hour they
    // are awake depends on the season, and each hour outside of somebody's work is said to be.
    const outside = best?.people.filter(({ strain }) => strain !== null) ?? [];
    assert.ok(outside.length > 0 && outside.every(({ why }) => why.length > 0), 'with its reasons');
    if (!hours.humane) assert.ok(hours.notes.length > 0, 'it is said that no hour suits all');
    const starts_at = hours.humane ? best?.starts_at : hours.offer?.sessions[0]?.starts_at;
    assert.ok(starts_at, 'an hour for all, or one of two');
    await flo.api.must(204, 'DELETE', `${path}/invitees/${flo.id}`);
    call = await flo.api.post<Call>(list(), wanted(starts_at));
  });

  test('by a mail that an independent library reads', async () => {
    for (const person of [zoe, kai]) {
      const { event, method, subject } = await invitation(person, 0);
      assert.equal(method, 'REQUEST');
      assert.equal(subject, `Invitation · Post-mortem: ${TITLE}`);
      assert.equal(event.uid, call.id);
      assert.equal(event.sequence, 0);
      assert.equal(event.summary, `Post-mortem: ${TITLE}`);
      assert.equal(event.starts_at, utc(call.starts_at));
      assert.equal(Date.parse(event.ends_at) - Date.parse(event.starts_at), HOUR);
      assert.equal(event.status, 'CONFIRMED');
      assert.equal(event.organizer, 'afterword@127.0.0.1');
      assert.equal(event.location, CALL_URL);
      assert.equal(decodeURIComponent(event.conference), decodeURIComponent(CALL_URL));
      const [attendee, ...others] = event.attendees;
      assert.deepEqual(others, [], 'each mail asks its reader');
      assert.equal(attendee?.email, person.email);
      assert.equal(attendee?.status, 'NEEDS-ACTION');
    }
    const { event } = await invitation(zoe, 0);
    assert.equal(event.attendees[0]?.name, "Zoë, 'Z'; O'Neil");
    assert.equal(mail.count(flo.email), 0, 'who is not asked gets no mail');
  });

  test('that says what it is, in everybody’s own hour', async () => {
    const { words, page, event } = await invitation(zoe, 0);
    const own = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Australia/Sydney',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(call.starts_at));
    for (const text of [words, page]) {
      assert.ok(text.includes('Nobody will be blamed'), text);
      assert.ok(text.includes('The call will be recorded. Those who take part'), text);
      assert.ok(text.includes(`${own} to `) && text.includes('(Australia/Sydney)'), text);
      assert.ok(text.includes(`${call.starts_at.slice(11, 16)} to `) && text.includes(' UTC'));
      assert.ok(text.includes(`/postmortems/${postmortem}/input`), text);
    }
    assert.ok(event.description.includes('Nobody will be blamed'));
    assert.ok(!event.description.includes('/attend'), 'calendars are seen by others');
  });

  test('and answered by a link, which no scanner answers', async () => {
    const { words } = await invitation(kai, 0);
    for (const link of words.match(/https?:\/\/127\S+/g) ?? []) await fetch(link);
    const page = await browsers.stranger();
    await page.goto(linkIn(words, /I may be there/));
    await page.getByRole('heading', { name: 'Will you be there?' }).waitFor();
    assert.ok(await page.getByRole('radio', { name: 'I may be there' }).isChecked());
    await check(page);
    assert.equal(await answerOf(kai), null);
    await page.getByLabel('A word beside it').fill('by train');
    await page.getByRole('button', { name: 'Say so' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await check(page);
    assert.equal(await answerOf(kai), 'maybe');
    await page.getByRole('button', { name: 'Change my answer' }).click();
    await page.getByRole('radio', { name: 'I will be there' }).check();
    await page.getByRole('button', { name: 'Say so' }).click();
    await until('the answer is another', async () => (await answerOf(kai)) === 'yes');
  });

  async function answerOf(person: Person): Promise<string | null | undefined> {
    interface Listed {
      items: { attendances: { person: string; answer: string | null }[] }[];
    }
    const { items } = await flo.api.get<Listed>(list());
    return items[0]?.attendances.find((it) => it.person === person.id)?.answer;
  }

  test('the room shows when it is and who comes', async () => {
    const page = await browsers.signedIn(zoe);
    await RoomPage.open(page, postmortem);
    await page.getByText('Will you be there?').first().click();
    const card = page.getByRole('article', { name: /^Call on / });
    await card.getByRole('button', { name: 'I cannot come' }).click();
    await card.getByRole('button', { name: 'I cannot come', pressed: true }).waitFor();
    await card.getByText('1 comes, 1 cannot come').click();
    await card.getByText('Kai').waitFor();
    await check(page);
    assert.equal(await answerOf(zoe), 'no');
  });

  test('it moves: the same call in every calendar, with the old hour and the new', async () => {
    const before = call.starts_at;
    await change({ starts_at: new Date(Date.parse(before) + 2 * HOUR).toISOString() });
    for (const person of [zoe, kai]) {
      const { event, method, subject, words } = await invitation(person, 1);
      assert.equal(method, 'REQUEST');
      assert.equal(subject, `Moved · Post-mortem: ${TITLE}`);
      assert.deepEqual([event.uid, event.sequence], [call.id, 1]);
      assert.equal(event.starts_at, utc(call.starts_at));
      assert.ok(words.includes('Before: ') && words.includes(`${before.slice(11, 16)} to `), words);
      assert.equal(event.attendees[0]?.status, 'NEEDS-ACTION', 'another hour is another question');
    }
    const old = await browsers.stranger();
    const { words } = await invitation(kai, 0);
    await old.goto(linkIn(words, /I will be there/));
    await old.getByText('The call was moved since that message').waitFor();
    await check(old);
  });

  test('it stands in the feeds that calendars subscribe to', async () => {
    const path = `/people/${kai.id}/calendar-addresses`;
    const { mine, all } = await kai.api.post<{ mine: string; all: string }>(path, {});
    const own = await readCalendar(await (await fetch(mine)).text());
    assert.deepEqual(
      own.events.map(({ uid, sequence, status }) => [uid, sequence, status]),
      [[call.id, 1, 'CONFIRMED']],
    );
    const [listed] = (await readCalendar(await (await fetch(all)).text())).events;
    assert.equal(listed?.uid, call.id);
    assert.equal(listed?.location, '', 'of all calls no more than their titles');
  });

  test('it is called off, and goes from every calendar', async () => {
    const page = await browsers.signedIn(flo);
    await RoomPage.open(page, postmortem);
    await page.getByText('The call').first().click();
    await page.getByRole('button', { name: 'Call off this call' }).click();
    const dialog = page.getByRole('dialog', { name: 'Call off this call?' });
    await check(page);
    await dialog.getByRole('button', { name: 'Call it off' }).click();
    await page.getByText('Called off. Everybody who was asked to it is told.').waitFor();
    for (const person of [zoe, kai]) {
      const { event, method, subject } = await invitation(person, 2);
      assert.equal(method, 'CANCEL');
      assert.equal(subject, `Called off · Post-mortem: ${TITLE}`);
      assert.deepEqual([event.uid, event.sequence, event.status], [call.id, 2, 'CANCELLED']);
    }
    const { words } = await invitation(kai, 1);
    const late = await browsers.stranger();
    await late.goto(linkIn(words, /I will be there/));
    await late.getByText('This call was called off. Nothing is left to answer.').waitFor();
    await check(late);
  });
});
