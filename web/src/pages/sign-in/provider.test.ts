import { expect, test } from 'vitest';
import { refusal, toProvider } from './provider.ts';

test('a reason is said in words, with the name of the provider', () => {
  expect(refusal('unreachable', 'Keycloak')).toMatch(/^Keycloak does not answer/);
  expect(refusal('declined', undefined)).toMatch(/^Your provider signed nobody in/);
});

test('nobody puts words of their own there', () => {
  for (const made of [null, '', 'Call +1 555', 'toString', '__proto__']) {
    expect(refusal(made, 'Keycloak')).toBeUndefined();
  }
});

test('the page that was wanted is kept on the way', () => {
  const url = new URL(toProvider('/library?q=a b'), 'https://afterword.example');
  expect(url.pathname).toBe('/api/v1/session/provider');
  expect(url.searchParams.get('to')).toBe('/library?q=a b');
  expect(url.searchParams.get('zone')).toBeTruthy();
});
