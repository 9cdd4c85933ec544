import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RecordListElement } from '@tessera-crm/elements';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, Person } from '../journeys/support/person.ts';
import { Site } from '../journeys/support/site.ts';
import { contactName, dealName, eventually, settle, type World } from '../journeys/support/world.ts';
import { Pages } from './support/pages.ts';
import { Workshop } from './support/workshop.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const tsc7 = ['typescript-7/bin/tsc', ['-p', '.', '--pretty', 'false']] as const;
const tsc6 = ['typescript/bin/tsc', ['-p', '.', '--pretty', 'false']] as const;

/** The applications, and what checks their types: TypeScript 7, or 6 where a tool needs its interface. */
const checks = {
  vanilla: tsc7,
  nodenext: tsc6,
  react: tsc7,
  preact: tsc7,
  vue: ['vue-tsc/bin/vue-tsc.js', ['-p', '.', '--pretty', 'false']],
  svelte: ['svelte-check/bin/svelte-check', ['--output', 'machine', '--tsconfig', './tsconfig.json']],
  angular: ['@angular/compiler-cli/bundles/src/bin/ngc.js', ['-p', 'tsconfig.json']],
} as const;

const withPages = ['vanilla', 'nodenext', 'react', 'vue', 'svelte', 'angular'] as const;

describe('applications that install the packages', () => {
  let workshop: Workshop;
  let pages: Pages;
  let site: Site;
  let browser: Browser;
  let world: World;
  before(async () => {
    workshop = await Workshop.open(root);
    pages = await Pages.open(workshop.folder);
    // Pages of another origin than the CRM, as most are
    process.env['TESSERA_ORIGINS'] = pages.address;
    [site, browser] = await Promise.all([Site.open(), openBrowser()]);
    delete process.env['TESSERA_ORIGINS'];
    pages.crm = site.address;
    world = await settle(site);
    await workshop.runBin('angular', '@tessera-crm/elements/bin/tessera-elements.mjs', [
      'angular',
      '--out',
      'src/tessera',
    ]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    pages?.close();
    await workshop?.close();
  });

  for (const [app, [bin, args]] of Object.entries(checks))
    test(`${app}: what is right compiles, and each wrong line does not`, async () => {
      const wrong = await workshop.wrongLines(app);
      assert.notEqual(wrong.length, 0);
      assert.deepEqual(await workshop.complaints(app, bin, args), wrong);
    });

  const visit = async (app: string): Promise<Person> => {
    if (app === 'angular') await workshop.runBin(app, checks.angular[0], ['-p', 'tsconfig.build.json']);
    await workshop.runBin(app, 'vite/bin/vite.js', ['build', '--base', './', '--logLevel', 'warn']);
    const person = await Person.sit(browser);
    const asked = new URLSearchParams({ crm: site.address, contact: world.contact, deal: dealName });
    await person.page.goto(`${pages.address}/${app}/dist/?${asked.toString()}`);
    return person;
  };

  for (const app of withPages)
    test(`${app}: the built page shows what it was told before any code came, hears events, and saves`, async () => {
      const person = await visit(app);
      await assertShown(person.page);
      await saveTicket(person.page, `From ${app}`);
      await eventually('the ticket is there', async () => (await ticketsOf(site, `From ${app}`)).length === 1);
      const ready = ['contact-card', 'pipeline-board', 'record-list', 'ticket-form'].map(
        (name) => `crm-ready crm-${name}`,
      );
      const heard = await person.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
      assert.deepEqual(heard.toSorted(), [...ready, 'crm-save crm-ticket-form']);
      assert.deepEqual(person.complaints, []);
      await person.picture(`consumer-${app}`);
      await person.leave();
    });

  test('react: a property that is no longer given is what it was, and a ref is the element', async () => {
    const person = await visit('react');
    const limit = (): Promise<number> =>
      person.page.locator('crm-record-list').evaluate((list: RecordListElement) => list.limit);
    await person.page.getByRole('heading', { name: contactName, level: 2 }).waitFor();
    assert.equal(await limit(), 1);
    await person.page.getByRole('button', { name: 'As many as usual' }).click();
    assert.equal(await limit(), 50);
    const reads = person.page.waitForRequest((request) => request.url().includes('/v1/'));
    await person.page.getByRole('button', { name: 'Read again' }).click();
    await reads;
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  test('react: a server renders the attributes of what can be written into markup', async () => {
    const markup = await workshop.run('react', process.execPath, ['markup.ts']);
    assert.equal(markup.trim(), '<crm-ticket-form class="mine" heading-level="3" mirror-inputs=""></crm-ticket-form>');
  });
});

/** Every property has to have arrived: by them the page shows one person, one deal, and a form that was begun. */
const assertShown = async (page: Page): Promise<void> => {
  await page.locator('crm-contact-card').getByRole('heading', { name: contactName, level: 2 }).waitFor();
  const rows = page.locator('crm-record-list tbody [part="row"]');
  await rows.filter({ hasText: contactName }).waitFor();
  assert.equal(await rows.count(), 1);
  const cards = page.locator('crm-pipeline-board [part="card"]');
  await cards.filter({ hasText: dealName }).waitFor();
  assert.equal(await cards.count(), 1);
  assert.equal(await page.locator('crm-ticket-form').getByLabel('Description').inputValue(), 'From the page');
};

const saveTicket = async (page: Page, subject: string): Promise<void> => {
  const form = page.locator('crm-ticket-form');
  await form.getByLabel('Subject').fill(subject);
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await form.getByText(/Ticket \S+ received/).waitFor();
};

const ticketsOf = async (site: Site, subject: string): Promise<readonly unknown[]> =>
  (await site.api<{ readonly records: readonly unknown[] }>('POST', 'tickets/query', { where: { subject } })).records;
