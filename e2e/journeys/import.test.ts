import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Entry, Projection } from '../harness/api.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'postmortems');

const TIMES = {
  'docsrs-outage-postmortem.md': [
    ...['2019-10-20T00:55', '2019-10-21T01:38', '2019-10-21T01:39', '2019-10-21T01:39'],
    ...['2019-10-21T01:52', '2019-10-21T01:56', '2019-10-21T01:57', '2019-10-21T02:00'],
    ...['2019-10-21T02:03', '2019-10-21T02:06', '2019-10-21T02:06', '2019-10-21T08:19'],
    '2019-10-21T19:27',
  ],
  'crates-io-postmortem.md': [
    ...['2023-07-19T12:32', '2023-07-19T17:41', '2023-07-20T10:00', '2023-07-20T10:13'],
    ...['2023-07-20T12:08', '2023-07-20T12:16', '2023-07-20T12:17', '2023-07-20T12:18'],
    ...['2023-07-20T12:24', '2023-07-20T12:25', '2023-07-20T12:28', '2023-07-20T12:30'],
    ...['2023-07-20T13:38', '2023-07-20T13:49', '2023-07-20T14:08', '2023-07-20T14:10'],
  ],
} as const;

interface Imported {
  readonly id: string;
  readonly skipped: readonly { line: number; text: string; why: string }[];
}

describe('post-mortems that were written elsewhere', () => {
  let server: Server;
  let ada: Person;
  let folder: string;

  before(async () => {
    server = await Server.start();
    ada = await addPerson(server, 'Ada', 'facilitator');
    folder = await mkdtemp(join(tmpdir(), 'afterword-export-'));
  });

  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function importFile(path: string): Promise<Imported> {
    const printed = await server.must(['import', 'markdown', path, '--json'], {
      token: ada.api.token,
    });
    const [imported, ...more] = JSON.parse(printed) as Imported[];
    assert.ok(imported !== undefined && more.length === 0, printed);
    return imported;
  }

  for (const [file, times] of Object.entries(TIMES)) {
    test(`${file}: each row has its time, and an export imports to the same record`, async () => {
      const { id, skipped } = await importFile(join(FIXTURES, file));
      const first = await ada.api.record(id);
      assert.deepEqual(first.timeline.map(minute), times);
      assert.deepEqual(
        first.timeline.filter(({ text }) => text.trim() === ''),
        [],
      );
      for (const { line, why } of skipped) assert.ok(line > 0 && why !== '');

      const exported = join(folder, file);
      await writeFile(exported, await server.must(['export', id], { token: ada.api.token }));
      const again = await importFile(exported);
      assert.deepEqual(content(await ada.api.record(again.id)), content(first));
    });
  }

  test('a file that is no post-mortem is refused, and leaves nothing behind', async () => {
    const path = join(folder, 'shopping.md');
    await writeFile(path, 'apples, pears\n');
    const before = await ada.api.get<{ items: unknown[] }>('/postmortems');
    const { status, stderr } = await server.run(['import', 'markdown', path], {
      token: ada.api.token,
    });
    assert.equal(status, 1);
    assert.match(stderr, /shopping\.md/);
    const after = await ada.api.get<{ items: unknown[] }>('/postmortems');
    assert.equal(after.items.length, before.items.length);
  });
});

function minute({ at }: Entry): string | undefined {
  return at?.slice(0, 16);
}

/** The record without what is new with each import: ids and versions. */
function content({ timeline, analysis, themes, actions, prose }: Projection): unknown {
  const fresh = new Set(['id', 'etag', 'order', 'parent', 'theme', 'nodes', 'entries', 'beside']);
  const part = (items: readonly object[]) =>
    items.map((item) =>
      Object.fromEntries(Object.entries(item).filter(([key]) => !fresh.has(key))),
    );
  return {
    timeline: part(timeline),
    analysis: part(analysis),
    themes: part(themes),
    actions: part(actions),
    prose,
  };
}
