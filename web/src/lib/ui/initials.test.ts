import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Mara Lindqvist', 'ML'],
  ['Ana María de la Cruz', 'AC'],
  ['élodie', 'É'],
  ['(bot) 7th', 'B7'],
  ['王 小明', '王小'],
  ['  ', '?'],
])('%s: %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
