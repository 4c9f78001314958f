import { describe, expect, it } from 'vitest';
import { splitUnread } from './times.ts';

describe('a row whose time nobody can read now', () => {
  it.each([
    ['18:43 noticed the warning', '18:43', 'noticed the warning'],
    ['<18:43 Z>: noticed', '18:43 Z', 'noticed'],
    ['~14:05 the queue grew', '~14:05', 'the queue grew'],
    ['1:42 PM PDT paged', '1:42 PM PDT', 'paged'],
    ['14:02-14:10 rolled back', '14:02-14:10', 'rolled back'],
    ['2026-03-01T18:43Z deploy', '2026-03-01T18:43Z', 'deploy'],
    ['noticed the warning', null, 'noticed the warning'],
    ['3 of 5 nodes were down', null, '3 of 5 nodes were down'],
  ])('%j', (row, typed, text) => {
    expect(splitUnread(row)).toEqual({ typed, text });
  });
});
