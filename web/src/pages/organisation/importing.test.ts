import { expect, it } from 'vitest';
import { formatOf, inShort } from './importing.ts';

it('knows a file by its name', () => {
  expect(formatOf('.github/CODEOWNERS')).toBe('codeowners');
  expect(formatOf('catalog-info.yaml')).toBe('backstage');
  expect(formatOf('catalog.YML')).toBe('backstage');
  expect(formatOf('teams.csv')).toBe('csv');
  expect(formatOf('export')).toBe('csv');
});

it('says in a line what a file comes to', () => {
  const report = {
    teams: [{ new: true }, { new: false }],
    services: [{ new: true }, { new: true }, { new: false }],
    unchanged: 1,
    skipped: [{}, {}],
  };
  expect(inShort(report)).toBe(
    '1 new team, 1 team changes, 2 new services, 1 other owner, 1 service as it is, 2 lines not taken',
  );
  expect(inShort({ teams: [], services: [], unchanged: 0, skipped: [] })).toBe('');
});
