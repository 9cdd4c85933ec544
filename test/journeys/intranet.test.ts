import assert from 'node:assert/strict';
import test, { after, before, beforeEach, describe } from 'node:test';
import type { Crm } from '@tessera-crm/elements';
import type { Browser } from 'playwright-core';
import { Board } from './support/board.ts';
import { openBrowser, Person } from './support/person.ts';
import { Site } from './support/site.ts';
import { beginAnew, contactName, dealName, eventually, moveTo, settle, stageOf, type World } from './support/world.ts';

describe('the intranet', () => {
  let site: Site;
  let world: World;
  let browser: Browser;
  before(async () => {
    [site, browser] = await Promise.all([Site.open(), openBrowser()]);
    world = await settle(site);
  });
  beforeEach(() => beginAnew(site, world.deal));
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const sit = async (options?: Parameters<typeof Person.sit>[1]): Promise<Person> => {
    const person = await Person.sit(browser, options);
    await person.page.goto(`${site.address}/examples/intranet/`);
    await person.page.locator('crm-pipeline-board .card').first().waitFor();
    await person.page.locator('crm-record-list [part="row"]').first().waitFor();
    return person;
  };

  for (const [width, dark] of [
    [1280, false],
    [390, true],
  ] as const)
    test(`shows deals and people without moving or complaining, ${width} px wide`, async () => {
      const person = await sit({ width, dark });
      await person.picture(`intranet-${width}`);
      await person.assertCalm();
      await person.leave();
    });

  test('moves a deal by mouse and by keyboard, and it stays there', async () => {
    const person = await sit();
    const board = new Board(person.page);
    await board.search();
    await board.cardIn('Nuova').waitFor();
    await board.drag('Qualificata');
    await board.cardIn('Qualificata').waitFor();
    await eventually('it is qualified', async () => (await stageOf(site, world.deal)) === 'Qualificata');
    await board.carry('ArrowRight');
    await board.cardIn('Analisi esigenze').waitFor();
    await eventually('it is analysed', async () => (await stageOf(site, world.deal)) === 'Analisi esigenze');
    await person.page.reload();
    await board.search();
    await board.cardIn('Analisi esigenze').waitFor();
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  test('finds a person and shows their card', async () => {
    const person = await sit();
    const { page } = person;
    await page.locator('crm-record-list').getByRole('searchbox').fill('quintarelli');
    await page.locator('crm-record-list').getByRole('button', { name: contactName }).click();
    await page.locator('crm-contact-card').getByRole('heading', { name: contactName }).waitFor();
    await person.picture('intranet-card');
    await person.assertCalm();
    await person.leave();
  });

  test('goes on without network, and sends what was done meanwhile', async () => {
    const person = await sit();
    const { page, context } = person;
    const board = new Board(page);
    await board.search();
    await page.waitForFunction(isKept);
    await context.setOffline(true);
    await board.carry('ArrowRight');
    await board.cardIn('Qualificata').waitFor();
    await page.locator('crm-record-list [part="row"]').first().waitFor();
    await person.picture('intranet-offline');
    await board.waits.waitFor();
    assert.equal(await stageOf(site, world.deal), 'Nuova');
    await context.setOffline(false);
    await eventually('the move arrived', async () => (await stageOf(site, world.deal)) === 'Qualificata');
    await board.waits.waitFor({ state: 'detached' });
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  test('tells who was offline that somebody else moved the same deal, and leaves it to them', async () => {
    const person = await sit();
    const { page, context } = person;
    const board = new Board(page);
    await board.search();
    await leaveNetwork(person);
    await board.carry('ArrowRight');
    await board.cardIn('Qualificata').waitFor();
    await board.waits.waitFor();
    await moveTo(site, world.deal, 'Trattativa');
    await context.setOffline(false);
    const notice = page.getByRole('alert').filter({ hasText: `Your change to ${dealName} was not saved` });
    await notice.getByText('Stage: Somebody else changed this too.').waitFor();
    await person.picture('intranet-conflict');
    assert.equal(await stageOf(site, world.deal), 'Trattativa');
    await notice.getByRole('button', { name: 'Take mine again' }).click();
    await eventually('mine counts', async () => (await stageOf(site, world.deal)) === 'Qualificata');
    await notice.waitFor({ state: 'detached' });
    await person.leave();
  });

  test('asks why a deal was lost before it is', async () => {
    const person = await sit();
    const board = new Board(person.page);
    await board.search();
    const dialog = await board.lose();
    await person.picture('intranet-lost');
    assert.notEqual(await stageOf(site, world.deal), 'Persa');
    await board.giveReason(dialog);
    await eventually('it is lost', async () => (await stageOf(site, world.deal)) === 'Persa');
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  test('asks it without network too, though it never asked before', async () => {
    const person = await sit();
    const { page, context } = person;
    const board = new Board(page);
    await board.search();
    await leaveNetwork(person);
    const dialog = await board.lose();
    await person.picture('intranet-lost-offline');
    await board.giveReason(dialog);
    await dialog.waitFor({ state: 'detached' });
    await board.column('Persa').getByText('1', { exact: true }).waitFor();
    assert.notEqual(await stageOf(site, world.deal), 'Persa');
    await context.setOffline(false);
    await eventually('it is lost', async () => (await stageOf(site, world.deal)) === 'Persa');
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });
});

/** Once all is at hand that the person will need. */
const leaveNetwork = async (person: Person): Promise<void> => {
  const { page, context } = person;
  await page.waitForFunction(isKept);
  // by the cache, or before it was there
  await person.hasAsked('lostReasons');
  await page.waitForFunction(isPrepared);
  await context.setOffline(true);
};

/** Runs in the page: whether everything that a question and saving need was fetched. */
const isPrepared = (): boolean =>
  ['v1/meta', 'ask-dialog', 'remote-sync'].every((part) =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes(part)),
  );

/** Runs in the page: whether what was read is kept on the device by now. */
const isKept = async (): Promise<boolean> => {
  const auto = '/elements/auto.js';
  const { instances } = (await import(auto)) as { readonly instances: readonly Crm[] };
  const { backends } = await instances[0]!.diagnostics();
  return backends[0]?.offline?.storage === 'indexeddb';
};
