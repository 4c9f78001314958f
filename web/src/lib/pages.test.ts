import { expect, it } from 'vitest';
import { Pages } from './pages.svelte.ts';

it('goes on where the last page ended', async () => {
  const list = new Pages<number, string>(async (_, cursor) =>
    cursor ? { items: [3], next: null } : { items: [1, 2], next: 'c' },
  );
  await list.ask('');
  expect(list.hasMore).toBe(true);
  await list.more();
  expect(list.items).toEqual([1, 2, 3]);
  expect(list.hasMore).toBe(false);
});

it('never shows the answer to an earlier question', async () => {
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const list = new Pages<string, string>(async (query) => {
    if (query === 'slow') await late;
    return { items: [query] };
  });
  const slow = list.ask('slow');
  await list.ask('quick');
  arrive();
  await slow;
  expect(list.items).toEqual(['quick']);
});

it('keeps what stood there if the server refuses', async () => {
  let fails = false;
  const list = new Pages<number, string>(async () => {
    if (fails) throw new TypeError();
    return { items: [1] };
  });
  await list.ask('');
  fails = true;
  await list.ask('x');
  expect(list.items).toEqual([1]);
  expect(list.problem).toBeDefined();
});
