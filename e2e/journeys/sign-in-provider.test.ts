import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson } from '../harness/people.ts';
import { SignInProvider } from '../harness/provider.ts';
import { Server } from '../harness/server.ts';

/** From our page over the provider's and back; `login` is who signs in there. */
async function signInAt(page: Page, login: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe('signing in at the provider of the organisation', () => {
  let provider: SignInProvider;
  let server: Server;
  let browsers: Browsers;

  before(async () => {
    provider = await SignInProvider.start();
    server = await Server.start({
      AFTERWORD_OIDC_ISSUER: provider.issuer,
      AFTERWORD_OIDC_CLIENT_ID: 'afterword',
      AFTERWORD_OIDC_CLIENT_SECRET: provider.secret,
      AFTERWORD_OIDC_NAME: 'Example ID',
      AFTERWORD_OIDC_FACILITATOR_GROUPS: 'leads, hosts',
      AFTERWORD_OIDC_ADMIN_GROUPS: 'it',
    });
    provider.serve(server.address);
    browsers = await Browsers.start(server);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await provider.stop();
  });

  test('somebody new comes in, to the page that was wanted, with the role of their groups', async () => {
    provider.knows('mei', {
      email: 'Mei@Example.com',
      email_verified: true,
      name: 'Mei Tanaka',
      zoneinfo: 'Asia/Tokyo',
      groups: ['everyone', 'leads'],
    });
    const page = await browsers.stranger();
    await page.goto('/library');
    await page.getByRole('link', { name: 'Sign in with Example ID' }).waitFor();
    await check(page);
    await signInAt(page, 'mei', '/library');
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/library');

    const { person } = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
    assert.equal(person.email, 'mei@example.com');
    assert.equal(person.name, 'Mei Tanaka');
    assert.equal(person.time_zone, 'Asia/Tokyo');
    assert.equal(person.role, 'facilitator');
  });

  test('whoever has an account of that address gets it, and the role follows the groups', async () => {
    const noor = await addPerson(server, 'Noor');
    provider.knows('noor', { email: noor.email, email_verified: true, groups: ['hosts'] });
    const page = await browsers.stranger();
    await signInAt(page, 'noor');
    await page.getByRole('button', { name: 'Noor: your account' }).waitFor();
    const { person } = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
    assert.equal(person.id, noor.id);
    assert.equal(person.role, 'facilitator');

    // The provider knows them by their subject: another address changes nothing.
    provider.knows('noor', { email: 'noor@elsewhere.example', email_verified: true, groups: [] });
    const again = await browsers.stranger();
    await signInAt(again, 'noor');
    await again.getByRole('button', { name: 'Noor: your account' }).waitFor();
    const { person: later } = await again.evaluate(async () =>
      (await fetch('/api/v1/session')).json(),
    );
    assert.equal(later.id, noor.id);
    assert.equal(later.role, 'member');
  });

  test('an address that the provider did not confirm opens nobody’s account', async () => {
    const olga = await addPerson(server, 'Olga', 'admin');
    provider.knows('imposter', { email: olga.email, email_verified: false, groups: [] });
    const page = await browsers.stranger();
    await signInAt(page, 'imposter');
    await page.getByText('Example ID confirms no e-mail address for you').waitFor();
    await check(page);
  });

  test('coming back twice, or in another browser, signs nobody in', async () => {
    provider.knows('pia', { email: 'pia@example.com', email_verified: true, name: 'Pia' });
    const page = await browsers.stranger();
    const back = page.waitForRequest((request) => request.url().includes('/session/provider/back'));
    await signInAt(page, 'pia');
    const address = (await back).url();
    await page.getByRole('button', { name: 'Pia: your account' }).waitFor();

    const other = await browsers.stranger();
    await other.goto(address);
    await other.getByText('was used already').waitFor();
    assert.equal((await other.request.get('/api/v1/session')).status(), 401);

    const made = await browsers.stranger();
    await made.goto('/api/v1/session/provider/back?state=made&code=made');
    await made.getByText('was used already').waitFor();
  });

  test('whoever says no there is told so, and can use another way', async () => {
    const page = await browsers.stranger();
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
    await page.getByRole('link', { name: /Cancel/ }).click();
    await page.getByText('Example ID signed nobody in').waitFor();
    await page.getByLabel('Password').waitFor();
  });
});
