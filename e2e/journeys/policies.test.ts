import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { check } from '../harness/axe.ts';
import { Browsers } from '../harness/browser.ts';
import { addPerson, openPostmortem, type Person } from '../harness/people.ts';
import { Server } from '../harness/server.ts';
import { until } from '../harness/until.ts';

const CODEOWNERS = `* @acme/platform
/checkout/ @acme/shop
/search/ @acme/shop
/legacy/ @somebody
`;

describe('what is looked back at follows the policies', () => {
  let server: Server;
  let browsers: Browsers;
  let ada: Person;
  let grace: Person;
  let page: Page;

  before(async () => {
    server = await Server.start();
    browsers = await Browsers.start(server);
    ada = await addPerson(server, 'Ada', 'admin');
    grace = await addPerson(server, 'Grace');
    page = await browsers.signedIn(ada);
  });

  after(async () => {
    await browsers.stop();
    await server.stop();
  });

  /** PagerDuty tells of a step of an incident that began a minute ago. */
  async function tell(secret: string, step: string, at: Date): Promise<void> {
    const body = JSON.stringify({
      event: {
        id: `${step} ${at.toISOString()}`,
        event_type: `incident.${step}`,
        occurred_at: at.toISOString(),
        data: {
          id: 'PGR0VU2',
          html_url: 'https://example.pagerduty.com/incidents/PGR0VU2',
          number: 1207,
          title: 'HighErrorRate on checkout',
          service: { summary: 'checkout' },
          priority: { summary: 'P1' },
          urgency: 'high',
        },
      },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-pagerduty-signature': `v1=${signature}` };
    const sent = await fetch(`${server.address}/api/v1/hooks/pager`, {
      method: 'POST',
      body,
      headers,
    });
    assert.equal(sent.status, 204);
  }

  test('teams and their services come from a file, looked at first', async () => {
    await page.getByRole('button', { name: /your account$/ }).click();
    await page.getByRole('menuitem', { name: 'Teams and services' }).click();
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File').setInputFiles({
      name: 'CODEOWNERS',
      mimeType: 'text/plain',
      buffer: Buffer.from(CODEOWNERS),
    });
    await dialog.getByText('1 new team, 2 new services, 2 lines not taken').waitFor();
    await dialog.getByText('Line 4').waitFor();
    await check(page);
    await dialog.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('heading', { name: 'shop' }).waitFor();
    await page.getByRole('button', { name: 'More about shop' }).click();
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await dialog.getByLabel('Lead').selectOption({ label: 'Grace' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Grace leads').waitFor();
    await check(page);
  });

  test('an incident in the paging tool opens a draft, which follows it', async () => {
    const new_source = { vendor: 'pagerduty', name: 'Pager' };
    const { secret } = await ada.api.post<{ secret: string }>('/sources', new_source);
    const began = new Date(Date.now() - 60_000);
    await tell(secret, 'triggered', began);
    await tell(secret, 'triggered', began);
    const list = () => grace.api.get<{ items: { id: string; title: string }[] }>('/postmortems');
    const drafts = await until('the draft', async () => {
      const { items } = await list();
      return items.length > 0 && items;
    });
    assert.equal(drafts.length, 1);
    await page.goto(`/postmortems/${drafts[0]?.id}`);
    await page.getByText('Production comes first.').waitFor();
    await page.getByText('Opened by a message from').waitFor();
    await tell(secret, 'resolved', new Date());
    await until('the end', async () => {
      const read = await grace.api.get<{ stage: string }>(`/postmortems/${drafts[0]?.id}`);
      return read.stage === 'rest';
    });
    assert.equal((await list()).items.length, 1);
  });

  test('a draft of the policies says beside it what it would have done', async () => {
    await openPostmortem(grace, 'Asked for by Grace');
    await page.goto('/policies');
    const severe = page.getByRole('listitem', { name: 'Severe incidents' });
    const trial = page.getByRole('region', { name: 'What they would have done' });
    await trial.getByText('Of the last 2 incidents, 2 would have been opened').waitFor();
    await check(page);
    await severe.getByLabel('Severities, with commas between').fill('P1');
    await severe.getByLabel('Severities, with commas between').blur();
    await trial.getByText('One is decided otherwise than now.').waitFor();
    await page.getByRole('button', { name: 'Add a policy' }).click();
    await trial.getByText('give each policy a name of its own').waitFor();
    const added = page.getByRole('listitem', { name: 'the new policy' });
    await added.getByLabel('Name of the policy').fill('Our shop');
    await added.getByLabel('Name of the policy').blur();
    const shop = page.getByRole('listitem', { name: 'Our shop' });
    await shop.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('menuitem', { name: 'its services' }).click();
    await shop.getByLabel('Services, with commas between').fill('checkout, search');
    await shop.getByLabel('Services, with commas between').blur();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('They hold for what happens from now on.').waitFor();
    await check(page);

    const readers = await browsers.signedIn(grace);
    await readers.goto('/policies');
    const read = readers.getByRole('listitem', { name: 'Our shop' });
    await read.getByText('checkout or search').waitFor();
    assert.equal(await readers.getByRole('button', { name: 'Add a policy' }).count(), 0);
    await check(readers);
  });
});
