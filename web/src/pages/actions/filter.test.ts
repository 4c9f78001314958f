import { describe, expect, it } from 'vitest';
import {
  addressOf,
  askedFor,
  EVERYTHING,
  exportAddress,
  filterOf,
  isNarrowed,
  isSame,
} from './filter.ts';

const read = (query: string) => filterOf(new URLSearchParams(query));

describe('the address', () => {
  it('says nothing of what is as usual', () => {
    expect(addressOf(EVERYTHING)).toBe('/actions');
    expect(read('')).toEqual(EVERYTHING);
  });

  it('is read as it was written', () => {
    const filter = {
      ...EVERYTHING,
      view: 'board',
      q: 'replica lag',
      state: 'done',
      owner: 'Team Ω & co',
      due: 'overdue',
      age: '14d',
      sort: 'age',
    } as const;
    expect(filterOf(new URL(addressOf(filter), 'https://x.example').searchParams)).toEqual(filter);
  });

  it('is read as usual where it says what there is not', () => {
    expect(read('state=closed&view=pie&sort=owner')).toEqual(EVERYTHING);
  });
});

it('asks for what is still to be done, unless something else is said', () => {
  expect(askedFor(EVERYTHING)).toEqual({ state: 'open,doing' });
  expect(askedFor(read('state=all'))).toEqual({});
  expect(askedFor(read('state=done&owner=me'))).toEqual({ state: 'done', owner: 'me' });
  expect(askedFor(read('state=all&due=7d&due_from=2026-03-01'))).toEqual({ due: '7d' });
});

it('gives the same as a file', () => {
  expect(exportAddress(read('owner=none&view=board'), 'csv')).toBe(
    '/api/v1/actions/export?format=csv&state=open%2Cdoing&owner=none',
  );
});

it('knows whether two ask for the same, and whether something is left out', () => {
  expect(isSame('owner=me&due=7d', '?due=7d&owner=me&view=list')).toBe(true);
  expect(isSame('owner=me', 'owner=none')).toBe(false);
  expect(isNarrowed(read('view=board&sort=age&state=all'))).toBe(false);
  expect(isNarrowed(read('owner=me'))).toBe(true);
});
