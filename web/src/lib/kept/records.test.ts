import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { forgetKept, forgetRecordsOfOthers, recordName, unsavedEdits } from './records.ts';

beforeEach(async () => {
  await forgetKept();
});

function store(name: string, counts?: Record<string, number>): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => {
      const custom = request.result.createObjectStore('custom');
      if (counts) custom.put(counts, 'unsaved');
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

it('counts what no server has yet, over all records and tabs', async () => {
  await store('afterword:record:1:me', { a: 2, b: 1 });
  await store('afterword:record:2:me', { a: 4 });
  await store('afterword:record:3:me');
  await store('another-program', { a: 100 });
  expect(await unsavedEdits()).toBe(7);
});

it('counts nothing where nothing is kept', async () => {
  expect(await unsavedEdits()).toBe(0);
});

it('forgets what is ours and nothing else', async () => {
  await store('afterword:record:1:me', { a: 2 });
  await store('another-program');
  await forgetKept();
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['another-program']);
});

it('removes others’ records, but not what they wrote and nobody has yet', async () => {
  await store(recordName('1', 'ada'), { a: 0 });
  await store(recordName('2', 'ada'), { a: 2 });
  await store(recordName('1', 'grace'));
  await forgetRecordsOfOthers('grace');
  const left = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith('afterword:') ? [name] : [],
  );
  expect(left.sort()).toEqual([recordName('1', 'grace'), recordName('2', 'ada')]);
});
