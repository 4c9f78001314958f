import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browsers, signIn } from '../harness/browser.ts';
import { MailServer } from '../harness/mail.ts';
import { addPerson, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';

describe('signing in', () => {
  let mail: MailServer;
  let server: Server;
  let browsers: Browsers;
  let ada: Person;

  before(async () => {
    mail = await MailServer.start();
    server = await Server.start({ AFTERWORD_SMTP_URL: mail.url });
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada');
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
    await mail.stop();
  });

  test('by password, back to the page that was asked for, and out again', async () => {
    const page = await browsers.stranger();
    await page.goto('/library');
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill(ada.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/library');

    await page.getByRole('button', { name: 'Ada: your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/people');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('a wrong password is refused with words, and the right one still works', async () => {
    const page = await browsers.stranger();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password').fill('not this');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page
      .getByText(/password/i)
      .filter({ hasNotText: /^Password$/ })
      .first()
      .waitFor();
    await signIn(page, ada);
  });

  test('by a mailed link, once', async () => {
    const page = await browsers.stranger();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByRole('button', { name: 'Send me a link instead' }).click();
    await page.getByText('a link is on its way').waitFor();

    const [link] = /https?:\/\/\S+/.exec(await mail.newest(ada.email)) ?? [];
    assert.ok(link !== undefined, 'the mail holds no link');
    assert.equal(new URL(link).origin, server.address);
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ada: your account' }).waitFor();

    const other = await browsers.stranger();
    await other.goto(link);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('link', { name: 'Ask for a new link' }).waitFor();
  });

  test('asking for a link tells nobody who has an account', async () => {
    const page = await browsers.stranger();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByRole('button', { name: 'Send me a link instead' }).click();
    await page.getByText('a link is on its way').waitFor();

    const before = mail.count(ada.email);
    await ada.api.must(202, 'POST', '/sign-in-links', { email: ada.email });
    await mail.newest(ada.email, before);
    assert.equal(mail.count('nobody@example.com'), 0);
  });
});
