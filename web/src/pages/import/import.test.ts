import { describe, expect, test } from 'vitest';
import { beginning, mapping, sourceFrom } from './mapping.ts';
import { told } from './outcome.ts';

const nothing = { id: 'csv', events: 0, known: 0, skipped: [], more_skipped: 0 };
const skipped = { line: 3, text: 'soon', why: 'no time' };

describe('what became of a file', () => {
  test.each([
    [{}, 'Nothing in this file is an event.'],
    [{ events: 1 }, '1 event came in.'],
    [{ events: 2500 }, '2,500 events came in.'],
    [{ events: 3, known: 1 }, '2 events came in; 1 more was here already.'],
    [{ events: 3, known: 3 }, 'All 3 events were here already; nothing is stored twice.'],
    [{ events: 1, skipped: [skipped] }, '1 event came in. One could not be read and was left out.'],
    [
      { skipped: [skipped], more_skipped: 4 },
      'Nothing in this file is an event. 5 could not be read and were left out.',
    ],
  ])('%o', (outcome, words) => {
    expect(told({ ...nothing, ...outcome })).toBe(words);
  });
});

test('a mapping has the columns that were chosen, and what the rows are', () => {
  const columns = { title: 'What, exactly', at: 'Time', service: '' };
  expect(mapping(columns, 'alert')).toBe('at=Time,title=What, exactly,kind==alert');
});

test.each([
  ['Shift log (May).csv', 'shift-log-may'],
  ['.csv', 'csv'],
  ['Störungen', 'störungen'],
])('the events of %s are kept under %s', (file, source) => {
  expect(sourceFrom(file)).toBe(source);
});

test('the beginning of a table ends with a row', async () => {
  const table = new Blob(['time,title\n', '1,a\n'.repeat(100)]);
  expect((await beginning(table, 17)).size).toBe(15);
  expect((await beginning(table, 5)).size).toBe(5);
  expect(await beginning(table)).toBe(table);
});
