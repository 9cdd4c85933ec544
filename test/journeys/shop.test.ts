import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from './support/person.ts';
import { Site } from './support/site.ts';
import { foreignIds, settle, type World } from './support/world.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the shop', () => {
  let site: Site;
  let world: World;
  let browser: Browser;
  before(async () => {
    [site, browser] = await Promise.all([Site.open(), openBrowser()]);
    world = await settle(site);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const visit = async (options?: Parameters<typeof Person.sit>[1]): Promise<Person> => {
    const person = await Person.sit(browser, options);
    await person.page.goto(`${site.address}/examples/shop/`);
    return person;
  };

  const signIn = async ({ page }: Person, name: string): Promise<void> => {
    await page.getByRole('button', { name }).click();
    await page
      .getByText(`${name.split(' ')[0]} asks about a switch`)
      .first()
      .waitFor();
  };

  for (const [who, name] of [
    ['giulia', 'Giulia Rossi'],
    ['marco', 'Marco Bianchi'],
  ] as const)
    test(`shows ${name} what is theirs, and not a trace of anybody else`, async () => {
      const person = await visit();
      await signIn(person, name);
      await person.page.locator('crm-record-list [part="row"]').nth(2).waitFor();
      await person.page.locator('crm-ticket-form').getByLabel('Subject').waitFor();
      await person.picture(`shop-${who}`);
      await person.assertCalm();
      const heard = await person.heard();
      assert.ok(
        world.customers[who].own.some((id) => heard.includes(id)),
        'nothing of their own came',
      );
      const strangers = (await foreignIds(site, world.customers[who].contact)).filter((id) => heard.includes(id));
      assert.deepEqual(strangers, []);
      await person.leave();
    });

  test('stands still on a phone in the dark', async () => {
    const person = await visit({ width: 390, dark: true });
    await signIn(person, 'Giulia Rossi');
    await person.picture('shop-390');
    await person.assertCalm();
    await person.leave();
  });

  test('shows strangers nothing, and nothing after signing out', async () => {
    const person = await visit();
    const { page } = person;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await person.heard(), '');
    assert.equal(await page.locator('crm-record-list').count(), 0);
    await signIn(person, 'Giulia Rossi');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await page.locator('crm-record-list').count(), 0);
    await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal((await page.locator('main').innerText()).includes('Lamps for Giulia'), false);
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  test('keeps a draft through a reload, and sends it once with its file', async () => {
    const person = await visit();
    const { page } = person;
    await signIn(person, 'Giulia Rossi');
    const form = page.locator('crm-ticket-form');
    await form.getByLabel('Subject').fill('The lamp hums');
    await form.getByLabel('Description').fill('Since yesterday, in the evening.');
    await form.getByLabel('Description').blur();
    await page.waitForTimeout(600); // drafts are written a moment after the last key
    await page.reload();
    await form.getByText('What you had begun is back.').waitFor();
    assert.equal(await form.getByLabel('Subject').inputValue(), 'The lamp hums');
    await form.locator('input[type="file"]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
    await form.getByText('lamp.png').first().waitFor();
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.getByText(/Ticket \S+ received/).waitFor();
    await person.picture('shop-ticket-sent');
    await page.locator('crm-record-list').getByText('The lamp hums').first().waitFor();
    const where = { subject: 'The lamp hums' };
    const { records } = await site.api<Found>('POST', 'tickets/query', { where });
    assert.equal(records.length, 1);
    assert.equal(records[0]!['contact'], world.customers.giulia.contact);
    const related = await site.api<Found>('POST', 'documents/query', { where: { fileName: 'lamp.png' } });
    assert.equal(related.records.length, 1);
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });
});

interface Found {
  readonly records: readonly Readonly<Record<string, unknown>>[];
}
