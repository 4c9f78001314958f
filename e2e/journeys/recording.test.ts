import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { lookAt, shareSomething, tone } from '../harness/recording.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

interface Details {
  readonly state: string;
  readonly received: number;
  readonly length: number | null;
  readonly file: string;
  readonly withheld: string | null;
  readonly chapters: readonly { at: number; title: string }[];
  readonly written: readonly { at: number; entry: string }[];
}

describe('the recording of a call', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let noor: Person;
  let folder: string;
  let postmortem: string;
  let page: Page;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'afterword-recording-'));
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'facilitator');
    noor = await addPerson(server, 'Noor');
    postmortem = await openPostmortem(ada, 'Check-out fails');
    page = await browsers.signedIn(ada);
    await shareSomething(page);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const below = (path = '') => `/postmortems/${postmortem}/recording${path}`;
  const details = () => ada.api.get<Details>(below('/details'));
  const kept = () =>
    until('it is kept', async () => (await details()).state === 'kept' && (await details()));

  const agree = () => page.getByRole('checkbox', { name: /Everyone on the call knows/ }).check();

  /** What the player of the page says of itself. */
  const player = <T>(what: (media: HTMLMediaElement) => T) =>
    page.locator('video, audio').evaluate(what as never) as Promise<T>;

  test('is uploaded over a server that dies, and a page that is loaded anew', async () => {
    const file = join(folder, 'call.wav');
    const seconds = 480;
    await writeFile(file, tone(seconds));
    await page.goto(`/postmortems/${postmortem}`);
    await page.getByRole('link', { name: 'The call’s recording' }).click();
    await page.getByRole('heading', { level: 1, name: 'Recording' }).waitFor();
    await check(page);
    await agree();
    await page.getByLabel('The recording', { exact: true }).setInputFiles(file);

    // As slow as a line is, so that there is something to interrupt.
    const devtools = await page.context().newCDPSession(page);
    const line = { offline: false, latency: 0, downloadThroughput: -1 };
    const slow = (uploadThroughput: number) =>
      devtools.send('Network.emulateNetworkConditions', { ...line, uploadThroughput });
    await slow(6e6);
    const offsets: number[] = [];
    page.on('request', (request) => {
      const offset = request.headers()['upload-offset'];
      if (request.method() === 'PATCH' && offset) offsets.push(Number(offset));
    });
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    const some = 16 * 1024 * 1024;
    await until('a piece is on disk', async () => {
      const answer = await ada.api.send<Details>('GET', below('/details'));
      return answer.status === 200 && answer.body.received >= some;
    });
    await server.kill();
    offsets.length = 0;
    await server.start();
    await until('it goes on where it was', () => offsets.some((offset) => offset >= some));

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /% of the recording is here/ }).waitFor();
    await check(page);
    const again = page.getByLabel('Choose the same file to go on');
    await again.setInputFiles({ name: 'other.wav', mimeType: 'audio/wav', buffer: tone(1) });
    await page.getByText('This is another file').waitFor();
    await slow(-1);
    await again.setInputFiles(file);
    await page.getByRole('region', { name: 'About this recording' }).waitFor();

    const { received, length } = await kept();
    assert.equal(received, 44 + 96_000 * seconds);
    if (length !== null) assert.equal(Math.round(length), seconds);
    await until('it can be played', () => player((media) => media.readyState >= 1));
    assert.equal(await player((media) => Math.round(media.duration)), seconds);
  });

  test('begins where its address says', async () => {
    await page.goto(`${below()}?t=400`);
    await until('it is there', () => player((media) => Math.round(media.currentTime) === 400));
    await page.getByRole('button', { name: 'Remove the recording' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('tab', { name: 'Record now' }).waitFor();
  });

  test('is recorded in the browser, and finished after the tab is gone', async () => {
    await ada.api.must(200, 'POST', `/postmortems/${postmortem}/meeting`, {
      do: 'open',
      handbook: '60-minutes',
    });
    await agree();
    await page.getByRole('tab', { name: 'Record now' }).click();
    await page.getByRole('checkbox', { name: 'Record my microphone too' }).uncheck();
    await page.getByRole('button', { name: 'Start recording' }).click();
    const clock = (time: string) => page.getByRole('heading', { name: `Recording, ${time}` });
    await clock('0:03').waitFor();
    await check(page);
    await server.kill();
    await server.start();
    await until('it is sent again', async () => (await details()).received > 0);
    await clock('0:07').waitFor();
    await ada.api.must(200, 'POST', `/postmortems/${postmortem}/meeting`, {
      do: 'go',
      step: 'walk-through',
    });
    await ada.api.post(`/postmortems/${postmortem}/timeline`, {
      at: '2026-03-01T18:43:00Z',
      text: 'Noticed the warning',
    });
    await clock('0:13').waitFor();

    // A tab that is closed asks nobody.
    const context = page.context();
    await page.close({ runBeforeUnload: false });
    page = await context.newPage();
    await page.goto(below());
    await page.getByRole('button', { name: 'Finish it' }).click();
    await page.getByRole('region', { name: 'About this recording' }).waitFor();
    await kept();
    await until('it knows how long it is', async () => ((await details()).length ?? 0) > 8);
  });

  test('plays, and the record follows it', async () => {
    await page.goto(below());
    const { chapters, written } = await details();
    assert.deepEqual(
      chapters.map(({ title }) => title.length > 0),
      [true, true],
    );
    await until('it can be played', () => player((media) => media.readyState >= 1));
    const second = chapters[1]?.at ?? 0;
    await page
      .getByRole('navigation', { name: 'Chapters' })
      .getByRole('button', { name: chapters[1]?.title ?? '' })
      .click();
    await until('it is at the chapter', () =>
      player((media) => media.currentTime).then((at) => Math.abs(at - second) < 0.5),
    );
    const entry = page.getByRole('button', { name: /Noticed the warning/ });
    await entry.click();
    const place = written[0]?.at ?? 0;
    await until('it is at the entry', () =>
      player((media) => media.currentTime).then((at) => Math.abs(at - place) < 0.5),
    );
    await until(
      'the entry is lit',
      async () => (await entry.getAttribute('aria-current')) === 'true',
    );
    await player((media) => {
      media.muted = true;
      void media.play();
    });
    await until('it plays', () =>
      player((media) => media.currentTime).then((at) => at > place + 0.3),
    );
    await player((media) => media.pause());
  });

  test('has a transcript that is searched, clicked and linked', async () => {
    const transcript = [
      'WEBVTT',
      '00:00:00.500 --> 00:00:02.000\n<v Ada>Welcome, everybody',
      '00:00:04.000 --> 00:00:06.000\n<v Noor>The xylophone in the drawer',
      '00:00:07.000 --> 00:00:09.000\n<v Ada>The warning was small',
      '00:09:00.000 --> 00:09:01.000\nLong after the end',
    ].join('\n\n');
    const buffer = Buffer.from(transcript);
    await page
      .getByLabel('The transcript', { exact: true })
      .setInputFiles({ name: 'call.vtt', mimeType: 'text/vtt', buffer });
    await page.getByText('it begins after the recording has ended').waitFor();
    const said = page.getByRole('region', { name: 'What was said' });
    await said.getByRole('button', { name: /: Welcome/ }).waitFor();
    await said.getByLabel('Search what was said').fill('ada small');
    await until('only that is found', async () => (await said.locator('[data-cue]').count()) === 1);
    await said.getByRole('button', { name: /small/, exact: false }).first().click();
    await until('it is there', () =>
      player((media) => media.currentTime).then((at) => Math.abs(at - 7) < 0.3),
    );
    await page.getByRole('button', { name: /^\d\d:\d\d Noticed the warning/ }).click();
    await said.getByRole('button', { name: /^Link “The warning was small/ }).click();
    await said.getByRole('button', { name: /^Unlink from 18:43/ }).waitFor();
    await check(page);
  });

  test('loses what is off the record, for everybody', async () => {
    const before = await details();
    const off = page.getByRole('region', { name: 'Off the record' });
    await off.getByLabel('From', { exact: true }).fill('0:04');
    await off.getByLabel('Until', { exact: true }).fill('0:06');
    await off.getByRole('button', { name: 'Take it off the record' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it off the record' }).click();
    await off.getByText('0:04 to 0:06').waitFor();
    const cut = await until('it is cut out', async () => {
      const { status } = await ada.api.send('GET', below());
      const now = await details();
      assert.equal(status, now.withheld === null && status === 200 ? 200 : 409);
      return status === 200 && now;
    });
    assert.notEqual(cut.file, before.file);
    const words = JSON.stringify(await ada.api.get(below('/cues')));
    assert.ok(words.includes('Welcome') && !words.includes('xylophone'));

    const file = join(folder, 'cut.webm');
    const response = await fetch(`${server.address}/api/v1${below()}`, {
      headers: { authorization: `Bearer ${ada.api.token}` },
    });
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const inside = await lookAt(file, 4, 1.9);
    assert.ok(inside.brightness < 40, `it is not black: ${inside.brightness}`);
    assert.ok(inside.loudness < -60, `it is not silent: ${inside.loudness} dB`);
    const outside = await lookAt(file, 7, 1);
    assert.ok(outside.brightness > 60 && outside.loudness > -40, JSON.stringify(outside));
    assert.ok(Math.abs((cut.length ?? 0) - (before.length ?? 0)) < 0.5, 'its minutes moved');
  });

  test('reaches readers where it may, without names', async () => {
    const publish = (naming: string) =>
      ada.api.post(`/postmortems/${postmortem}/publication`, { naming });
    await publish('roles');
    for (const path of ['', '/details', '/transcript', '/cues']) {
      assert.equal((await noor.api.send('GET', below(path))).status, 403, path);
    }
    await publish('names');
    const reader = await browsers.signedIn(noor);
    await reader.goto(`/library/${postmortem}`);
    await reader.getByRole('link', { name: /Watch the call/ }).click();
    await reader.getByRole('button', { name: /Welcome, everybody/ }).waitFor();
    await reader.getByRole('button', { name: /Noticed the warning/ }).waitFor();
    assert.equal(await reader.getByRole('button', { name: 'Remove the recording' }).count(), 0);
    await check(reader);
  });
});

test('without ffmpeg a recording with a passage off the record is withheld, and says so', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'afterword-bin-'));
  await symlink('/bin/sh', join(bin, 'sh'));
  const server = await Server.start({ PATH: bin });
  try {
    const ada = await addPerson(server, 'Ada');
    const path = `/postmortems/${await openPostmortem(ada, 'Outage')}/recording`;
    const bytes = tone(3);
    const tus = (method: string, where: string, headers: Record<string, string>, body?: Buffer) =>
      fetch(server.address + where, {
        method,
        headers: {
          authorization: `Bearer ${ada.api.token}`,
          'tus-resumable': '1.0.0',
          'content-type': 'application/offset+octet-stream',
          ...headers,
        },
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      });
    const begun = await tus('POST', `/api/v1${path}`, { 'upload-length': String(bytes.length) });
    assert.equal(begun.status, 201);
    const upload = begun.headers.get('location') ?? '';
    assert.equal((await tus('PATCH', upload, { 'upload-offset': '0' }, bytes)).status, 204);
    assert.equal((await ada.api.send('GET', path)).status, 200);

    await ada.api.post(`${path}/passages`, { from: 1, until: 2 });
    await until('it says what to do', async () => {
      const { withheld } = await ada.api.get<Details>(`${path}/details`);
      return withheld?.includes('install ffmpeg');
    });
    assert.equal((await ada.api.send('GET', path)).status, 409);
  } finally {
    await server.stop();
    await rm(bin, { recursive: true, force: true });
  }
});
