import { expect, test } from 'vitest';
import type { Appointment } from '#api/types.ts';
import { askedToNone } from './names.ts';

type Call = Pick<Appointment, 'state' | 'attendances'>;

const call = (state: Call['state'], ...people: string[]): Call => ({
  state,
  attendances: people.map((person) => ({
    person,
    name: person,
    answer: null,
    note: '',
    time_zone: 'UTC',
  })),
});

const invitees = [{ person: 'ana' }, { person: 'bo' }];

test('before there is a call nobody is left out', () => {
  expect(askedToNone(invitees, [])).toEqual([]);
  expect(askedToNone(invitees, [call('cancelled', 'ana')])).toEqual([]);
});

test('whoever is asked to one of two sessions is not left out, a call called off is none', () => {
  expect(askedToNone(invitees, [call('standing', 'ana')])).toEqual(['bo']);
  expect(askedToNone(invitees, [call('standing', 'ana'), call('cancelled', 'bo')])).toEqual(['bo']);
  expect(askedToNone(invitees, [call('standing', 'ana'), call('standing', 'bo')])).toEqual([]);
});
