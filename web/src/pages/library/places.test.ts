import { expect, test } from 'vitest';
import { placeOf } from './places.ts';

test.each([
  ['summary', null, '/library/p#happened'],
  ['learned', null, '/library/p#learned'],
  ['timeline', 'e1', '/library/p#entry-e1'],
  ['analysis', 'n1', '/library/p#node-n1'],
  ['theme', 't1', '/library/p#theme-t1'],
  ['action', 'a1', '/library/p#action-a1'],
  ['transcript', '754', '/postmortems/p/recording?t=12:34'],
  ['something else', 'x', '/library/p'],
])('a passage of %s leads to where it stands', (part, item, place) => {
  expect(placeOf('p', { part, item })).toBe(place);
});
