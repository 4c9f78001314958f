/**
 * How smoothly an analysis of 2,000 rows and a timeline of 1,000 entries scroll and are written in,
 * beside plain text in the same browser: `npm run speed --prefix e2e`. The binary is found as for the journeys.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import * as Y from 'yjs';
import { Browsers } from '../harness/browser.ts';
import { Client } from '../harness/client.ts';
import { addPerson, openPostmortem } from '../harness/people.ts';
import { RoomPage } from '../harness/room.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const NODES = 2000;
const ENTRIES = 1000;
const KINDS = ['question', 'answer', 'finding'] as const;
const WORDS =
  'staging rotates its instances every evening and the card on the channel looks like all others'.split(
    ' ',
  );

/** A tree of the shape that rooms make: a few turning points, several answers to each question. */
function writeTree(doc: Y.Doc): void {
  const nodes = doc.getMap('analysis');
  const open: { id: string; depth: number }[] = [];
  doc.transact(() => {
    for (let n = 0; n < NODES; n++) {
      const id = randomUUID();
      const parent = n % 40 === 0 ? undefined : open[Math.floor(n * 0.618) % open.length];
      const depth = parent === undefined ? 0 : parent.depth + 1;
      const node = new Y.Map<unknown>();
      node.set('kind', KINDS[depth % 3]);
      if (parent !== undefined) node.set('parent', parent.id);
      node.set('order', n);
      node.set('text', new Y.Text(`${words(n, 6 + (n % 12))} ${n}`));
      node.set('entries', new Y.Array());
      node.set('also', new Y.Map());
      if (depth % 3 === 2) node.set('tag', 'sensing');
      nodes.set(id, node);
      if (depth === 0) open.length = 0;
      if (depth < 6) open.push({ id, depth });
    }
  });
}

function words(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) => WORDS[(from * 7 + i) % WORDS.length]).join(' ');
}

function writeTimeline(client: Client): void {
  for (let n = 0; n < ENTRIES; n++) {
    const at = new Date(Date.parse('2026-03-01T12:00:00Z') + n * 30_000).toISOString();
    client.addEntry(at, words(n, 8 + (n % 20)));
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs in the page; as text, since a bundler's helpers are not there. */
const RECORD = `(() => {
  const kept = [];
  let last = performance.now();
  let handle = requestAnimationFrame(function step(now) {
    kept.push(now - last);
    last = now;
    handle = requestAnimationFrame(step);
  });
  window.endFrames = () => {
    cancelAnimationFrame(handle);
    return kept.slice(2);
  };
})()`;

/** The times between frames while something goes on. */
async function frames(page: Page, during: () => Promise<void>): Promise<number[]> {
  await page.evaluate(RECORD);
  await during();
  return page.evaluate<number[]>('endFrames()');
}

function tell(what: string, times: number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  const total = times.reduce((sum, time) => sum + time, 0);
  const late = times.filter((time) => time > 1000 / 60 + 4).length;
  say(
    `${what}: ${times.length} frames, ${((1000 * times.length) / total).toFixed(1)} a second; ` +
      `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${sorted.at(-1)?.toFixed(1)} ms; ` +
      `${((100 * late) / times.length).toFixed(1)} % late`,
  );
}

async function scroll(page: Page, distance: number, speed = 3000): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.synthesizeScrollGesture', {
    x: 500,
    y: 500,
    yDistance: -distance,
    speed,
    gestureSourceType: 'mouse',
  });
  await session.detach();
}

/** What this machine's browser makes of nothing but text: rows that no script touches. */
async function plain(page: Page): Promise<void> {
  const rows = Array.from({ length: NODES }, (_, n) => `<p>${words(n, 6 + (n % 12))} ${n}</p>`);
  await page.setContent(`<main style="max-width: 60rem; margin: auto">${rows.join('')}</main>`);
  for (const distance of [12_000, -12_000]) {
    tell('plain text, scrolling', await frames(page, () => scroll(page, distance)));
  }
}

const server = await Server.start();
const browsers = await Browsers.start(server);
try {
  const ada = await addPerson(server, 'Ada');
  const postmortem = await openPostmortem(ada, 'A long night');
  const writer = await new Client(server, postmortem, ada.api.token).synced();
  writeTree(writer.doc);
  writeTimeline(writer);
  await until('all is stored', async () => {
    const { analysis, timeline } = await ada.api.record(postmortem);
    return analysis.length === NODES && timeline.length === ENTRIES;
  });
  const page = await browsers.signedIn(ada);
  await plain(page);
  const room = await RoomPage.open(page, postmortem);
  for (const distance of [12_000, -12_000]) {
    tell('timeline, scrolling', await frames(page, () => scroll(page, distance)));
  }
  await room.capture.click();
  tell(
    'timeline, new entries',
    await frames(page, async () => {
      for (let n = 0; n < 5; n++) {
        await page.keyboard.type(`20:${10 + n} noticed the warning`, { delay: 40 });
        await page.keyboard.press('Enter');
      }
    }),
  );

  const before = Date.now();
  await room.goTo('Analysis');
  const fields = page.getByRole('textbox', { name: /level/ });
  await fields.first().waitFor();
  say(`analysis, first rows after ${Date.now() - before} ms`);
  say(`rows on the page: ${await fields.count()}`);
  await until(
    'all rows are drawn',
    async () => (await page.locator('[data-node]').count()) === NODES,
  );
  for (const distance of [20_000, -20_000, 20_000]) {
    tell('analysis, scrolling', await frames(page, () => scroll(page, distance)));
  }
  const middle = fields.nth(Math.floor((await fields.count()) / 2));
  await middle.click();
  tell(
    'analysis, typing',
    await frames(page, () =>
      middle.pressSequentially(' and so it was each time we looked', { delay: 60 }),
    ),
  );
  tell(
    'analysis, new rows',
    await frames(page, async () => {
      for (let n = 0; n < 10; n++) {
        await page.keyboard.press('Enter');
        await page.keyboard.type('words', { delay: 40 });
      }
    }),
  );
  writer.close();
} finally {
  await browsers.stop();
  await server.stop();
}
