import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import WebSocketClient from 'ws';
import { Client } from '../harness/client.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

describe('the y-websocket client from npm, unmodified', () => {
  let server: Server;
  let ada: Person;
  let postmortem: string;
  const open: Client[] = [];

  const join = () => {
    const client = new Client(server, postmortem, ada.api.token);
    open.push(client);
    return client.synced();
  };
  const entries = () => `/postmortems/${postmortem}/timeline`;

  before(async () => {
    server = await Server.start();
    ada = await addPerson(server, 'Ada');
    postmortem = await openPostmortem(ada, 'Check-out fails');
  });

  afterEach(() => {
    for (const client of open.splice(0)) client.close();
  });

  after(() => server.stop());

  test('sees what is written by REST', async () => {
    const client = await join();
    const { id } = await ada.api.post(entries(), {
      at: '2026-03-01T18:43:00Z',
      text: 'The first alert fires',
    });
    await until('the entry arrives', () => client.textOf(id) === 'The first alert fires');
  });

  test('is seen by REST, to its last keystroke', async () => {
    const client = await join();
    const { id, words } = client.addEntry('2026-03-01T18:50:00Z', 'Latency');
    words.insert(words.length, ' rises');
    await until('REST has the words', async () => {
      const { timeline } = await ada.api.record(postmortem);
      return timeline.some((entry) => entry.id === id && entry.text === 'Latency rises');
    });
  });

  test('writes into the same words as REST, and neither loses anything', async () => {
    const client = await join();
    const { id, words } = client.addEntry('2026-03-01T18:55:00Z', 'The queue grows');
    const etag = await until('REST has the entry', async () => {
      const { status, etag } = await ada.api.send('GET', `${entries()}/${id}`);
      return status === 200 && etag !== null && etag;
    });
    words.insert(0, '> ');
    await until('REST has the words', async () => {
      const { timeline } = await ada.api.record(postmortem);
      return timeline.some((entry) => entry.id === id && entry.text.includes('>'));
    });
    const stale = await ada.api.send(
      'PATCH',
      `${entries()}/${id}`,
      { text: 'Overwritten' },
      { 'if-match': etag },
    );
    assert.equal(stale.status, 412, 'a stale write would go over the words of others');
    assert.equal(client.textOf(id), '> The queue grows');
  });

  test('merges what two of them wrote apart', async () => {
    const [one, two] = await Promise.all([join(), join()]);
    const { id, words } = one.addEntry('2026-03-01T19:00:00Z', 'rollback');
    await until('the other has the entry', () => two.textOf(id) === 'rollback');
    one.provider.disconnect();
    words.insert(words.length, ' done');
    two.wordsOf(id).insert(0, 'Slow ');
    one.provider.connect();
    const merged = 'Slow rollback done';
    await until('both have both', () => one.textOf(id) === merged && two.textOf(id) === merged);
  });

  test('without a token is sent away with a code that says so', async () => {
    const code = await new Promise<number>((done) => {
      const socket = new WebSocketClient(
        `${server.address.replace('http', 'ws')}/sync/${postmortem}`,
      );
      socket.on('close', done);
    });
    assert.equal(code, 4401);
  });
});
