/**
 * When the published page of a record of 300 entries can be read on a phone: a slow processor and a
 * slow network, nothing kept in the browser. `npm run speed:published --prefix e2e`, best with
 * `AFTERWORD_BINARY` at a release binary. The profile is that of Lighthouse for a mid-range phone: four times slower
 * than this machine, 150 ms and 1.6 Mbit/s; a quicker network stands beside it, and none at all.
 */
import type { Page } from 'playwright-core';
import { Browsers } from '../harness/browser.ts';
import { Client } from '../harness/client.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const ENTRIES = 300;
const ROUNDS = 9;
const SUMMARY =
  'Check-out failed for one in five customers between 18:43 and 19:20, since instances were rotated while a queue was full.';

interface Profile {
  readonly name: string;
  /** How many times slower the processor is. */
  readonly slower: number;
  /** Milliseconds there and back. */
  readonly latency: number;
  /** Kilobits a second. */
  readonly down: number;
}

const PROFILES: readonly Profile[] = [
  { name: 'phone, 150 ms and 1.6 Mbit/s', slower: 4, latency: 150, down: 1_638 },
  { name: 'phone, 60 ms and 9 Mbit/s', slower: 4, latency: 60, down: 9_000 },
  { name: 'phone, no network between', slower: 4, latency: 0, down: -1 },
];

async function publish(person: Person, server: Server): Promise<string> {
  const id = await openPostmortem(person, 'Check-out fails for one in five');
  const writer = await new Client(server, id, person.api.token).synced();
  for (let n = 0; n < ENTRIES; n++) {
    const at = new Date(Date.parse('2026-03-01T12:00:00Z') + n * 60_000).toISOString();
    writer.addEntry(
      at,
      `Noticed on the channel that one more instance had left the rotation, ${n}`,
    );
  }
  await until('all is stored', async () => {
    return (await person.api.record(id)).timeline.length === ENTRIES;
  });
  writer.close();
  const prose = `/postmortems/${id}/prose/summary`;
  await person.api.must(200, 'PUT', prose, { text: SUMMARY }, { 'if-match': '*' });
  await person.api.must(201, 'POST', `/postmortems/${id}/publication`, {});
  return id;
}

/** Milliseconds until the summary is there to be read. */
async function readable(page: Page, id: string, profile: Profile): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  await devtools.send('Network.enable');
  await devtools.send('Network.setBypassServiceWorker', { bypass: true });
  await devtools.send('Network.clearBrowserCache');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: profile.latency,
    downloadThroughput: profile.down < 0 ? -1 : (profile.down * 1000) / 8,
    uploadThroughput: profile.down < 0 ? -1 : (profile.down * 1000) / 16,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: profile.slower });
  const begun = performance.now();
  await page.goto(`/library/${id}`, { waitUntil: 'commit' });
  await page.getByText(SUMMARY).waitFor();
  const took = performance.now() - begun;
  await devtools.detach();
  return took;
}

const server = await Server.start();
const browsers = await Browsers.start(server);
try {
  const ada = await addPerson(server, 'Ada');
  const id = await publish(ada, server);
  const page = await browsers.signedIn(ada);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const profile of PROFILES) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await readable(page, id, profile));
    times.sort((a, b) => a - b);
    const [least, middle, most] = [times[0], times[Math.floor(ROUNDS / 2)], times.at(-1)];
    const said = [least, middle, most].map((time) => Math.round(time ?? 0));
    process.stdout.write(
      `${profile.name}: readable after ${said[1]} ms (${said[0]} to ${said[2]}, ${ROUNDS} times)\n`,
    );
  }
} finally {
  await browsers.stop();
  await server.stop();
}
