import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before, beforeEach, describe } from 'node:test';
import type { Browser } from 'playwright-core';
import { Board } from './support/board.ts';
import { bundle, Visitor, type ForeignPage } from './support/foreign-page.ts';
import { openBrowser } from './support/person.ts';
import { inWords } from './support/picture-in-words.ts';
import { Site } from './support/site.ts';
import { beginAnew, contactName, eventually, settle, stageOf, type World } from './support/world.ts';

/** Nothing but what is needed, and no policy for Trusted Types at all. */
const strictest = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const tags = ['crm-pipeline-board', 'crm-record-list', 'crm-contact-card', 'crm-ticket-form'];

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('a page with a strict policy', () => {
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

  const script = (folder = '/vendor/tessera/', attributes = ''): string =>
    `<script type="module" src="${folder}auto.js" data-backend="" data-token-url="/dev/token?user=administrator" ${attributes}></script>`;

  const card = (prefix = 'crm'): string =>
    `<${prefix}-contact-card record="${world.contact}"></${prefix}-contact-card>`;

  const visit = (foreign: ForeignPage): Promise<Visitor> => Visitor.open(browser, site, foreign);

  const seesCard = ({ page }: Visitor, prefix = 'crm'): Promise<void> =>
    page.locator(`${prefix}-contact-card`).getByRole('heading', { name: contactName }).waitFor();

  /** Uses every element, and says after each step what there is to see. */
  const useAll = async (policy?: string): Promise<{ readonly visitor: Visitor; readonly seen: readonly string[] }> => {
    await beginAnew(site, world.deal);
    const visitor = await visit({
      head: script(),
      body: `
        <crm-pipeline-board pipeline="default"></crm-pipeline-board>
        <crm-record-list module="contacts" columns="name,primaryAccount,jobTitle" search></crm-record-list>
        ${card()}
        <form><crm-ticket-form name="ticket" mirror-inputs draft-key="off"></crm-ticket-form></form>`,
      ...(policy !== undefined && { policy }),
    });
    const { page } = visitor;
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      await page.waitForTimeout(400);
      seen.push(await inWords(page, tags));
    };
    const board = new Board(page);
    await seesCard(visitor);
    await page.locator('crm-record-list [part="row"]').first().waitFor();
    await board.search();
    await look();

    await board.drag('Qualificata');
    await board.cardIn('Qualificata').waitFor();
    await eventually('it is qualified', async () => (await stageOf(site, world.deal)) === 'Qualificata');
    await look();
    await board.card.locator('.card-open').focus();
    await page.keyboard.press('m');
    await page.getByRole('menu').waitFor();
    await look();
    await page.keyboard.press('Escape');
    const dialog = await board.lose();
    await look();
    await board.giveReason(dialog);
    await eventually('it is lost', async () => (await stageOf(site, world.deal)) === 'Persa');
    await dialog.waitFor({ state: 'detached' });
    await look();

    await page.locator('crm-record-list').getByRole('searchbox').fill('quintarelli');
    await page.locator('crm-record-list').getByRole('button', { name: contactName }).waitFor();
    await look();

    const form = page.locator('crm-ticket-form');
    await form.getByLabel('Subject').fill('The lamp hums');
    await form.locator('input[type="file"]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
    await form.getByText('lamp.png').first().waitFor();
    await look();
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.getByText(/Ticket \S+ received/).waitFor();
    await look();
    return { visitor, seen };
  };

  test('sees every element work as on any other page, without one violation', async () => {
    const { visitor: free, seen: expected } = await useAll();
    await free.person.leave();
    const { visitor, seen } = await useAll(strictest);
    const { violations, errors } = await visitor.notes();
    await visitor.person.picture('strictest');
    assert.deepEqual(violations, []);
    assert.deepEqual(errors, []);
    assert.deepEqual(visitor.person.complaints, []);
    const number = /(?<=Ticket )\S+(?= received)/g;
    for (const [index, one] of seen.entries())
      assert.equal(one.replaceAll(number, '…'), expected[index]!.replaceAll(number, '…'));
    await visitor.person.leave();
  });

  test('may have two copies of the script tag’s bundle, and no policy for either', async () => {
    const visitor = await visit({
      head: script('/a/') + script('/b/', 'data-prefix="acme"'),
      body: card() + card('acme'),
      policy: strictest,
      folders: ['/a/', '/b/'],
    });
    await Promise.all([seesCard(visitor), seesCard(visitor, 'acme')]);
    assert.deepEqual(await visitor.notes(), { violations: [], errors: [] });
    assert.deepEqual(visitor.person.complaints, []);
    await visitor.person.leave();
  });

  test('allows one policy to two copies where the browser is too old to do without', async () => {
    const visitor = await visit({
      head: script('/a/') + script('/b/', 'data-prefix="acme"'),
      body: card() + card('acme'),
      policy: strictest.replace("trusted-types 'none'", 'trusted-types lit-html'),
      folders: ['/a/', '/b/'],
      first: ageBrowser,
    });
    await Promise.all([seesCard(visitor), seesCard(visitor, 'acme')]);
    assert.deepEqual(await visitor.notes(), { violations: [], errors: [] });
    await visitor.person.leave();
  });

  test('is told which code is of no use where it allows none to such a browser', async () => {
    const visitor = await visit({ head: script(), body: card(), policy: strictest, first: ageBrowser });
    await visitor.page.waitForFunction(hasErrors);
    const { errors, violations } = await visitor.notes();
    assert.deepEqual([...new Set(errors)], ['load-failed']);
    assert.ok(violations.some((one) => one.startsWith('trusted-types')));
    await visitor.person.leave();
  });

  for (const [name, sources] of [
    ['that knows scripts by their nonce only', "'nonce-bm9uY2U'"],
    ['that lets known scripts load others', "'nonce-bm9uY2U' 'strict-dynamic'"],
  ] as const)
    test(`gets code when it is needed, ${name}`, async () => {
      const visitor = await visit({
        head: script('/vendor/tessera/', 'nonce="bm9uY2U"'),
        body: card(),
        policy: strictest.replace("script-src 'self'", `script-src ${sources}`),
      });
      await seesCard(visitor);
      assert.deepEqual(await visitor.notes(), { violations: [], errors: [] });
      await visitor.person.leave();
    });

  test('has the files anywhere, and asks nobody else for anything', async () => {
    const folder = '/intern/Wörter und%20mehr/v1/';
    const visitor = await visit({
      head: script(folder),
      body: `${card()}<crm-ticket-form></crm-ticket-form><crm-record-list module="contacts"></crm-record-list><crm-pipeline-board></crm-pipeline-board>`,
      policy: strictest,
      folders: [encodeURI(decodeURI(folder))],
    });
    const { page, asked } = visitor;
    await seesCard(visitor);
    for (const part of ['.card', '[part="row"]', 'input'])
      await page.locator(tags.join()).locator(part).first().waitFor();
    assert.ok(asked.some((address) => address.includes('/v1/chunks/')));
    const elsewhere = asked
      .filter((address) => new URL(address).protocol !== 'data:')
      .map((address) => new URL(address));
    assert.deepEqual([...new Set(elsewhere.map(({ origin }) => origin))], [site.address]);
    await visitor.person.leave();
  });

  describe('that knows the files by their bytes', () => {
    const snippet = async (): Promise<{ readonly head: string; readonly policy: string }> => {
      const text = await readFile(new URL('integrity.html', bundle), 'utf8');
      const source = /'sha256-[^']+'/.exec(text)![0];
      const head = text.replace(
        '<script type="module"',
        '$& data-backend="" data-token-url="/dev/token?user=administrator"',
      );
      return { head, policy: strictest.replace("script-src 'self'", `script-src 'self' ${source}`) };
    };

    const folderIn = (head: string): string => /src="(.*\/)auto\.js"/.exec(head)![1]!;

    test('takes them as they were built', async () => {
      const { head, policy } = await snippet();
      const visitor = await visit({ head, policy, body: card(), folders: [folderIn(head)] });
      await seesCard(visitor);
      assert.deepEqual(await visitor.notes(), { violations: [], errors: [] });
      await visitor.person.leave();
    });

    for (const [name, chunk, error] of [
      ['of an element', 'chunks/contact-card-', ['load-failed']],
      ['that all elements need', 'chunks/loader-', []],
    ] as const)
      test(`refuses code ${name} when somebody changed it`, async () => {
        const { head, policy } = await snippet();
        const tamper = (path: string, code: string): string =>
          path.startsWith(chunk) && !path.includes('messages') ? `globalThis.stolen = true;${code}` : code;
        const visitor = await visit({ head, policy, body: card(), folders: [folderIn(head)], tamper });
        await eventually('the browser complains', async () =>
          visitor.person.complaints.some((one) => /integrity/i.test(one)),
        );
        await eventually('the page is told', async () => (await visitor.notes()).errors.length >= error.length);
        assert.deepEqual((await visitor.notes()).errors, error);
        assert.equal(await visitor.page.evaluate(() => 'stolen' in globalThis), false);
        assert.equal(await visitor.page.locator('crm-contact-card').evaluate((one) => one.matches(':defined')), false);
        await visitor.person.leave();
      });
  });
});

/** Runs in the page: what Chromium was before setHTML(). */
const ageBrowser = (): void => {
  Reflect.deleteProperty(Element.prototype, 'setHTML');
};

/** Runs in the page. */
const hasErrors = (): boolean =>
  (globalThis as unknown as { readonly notes: { readonly errors: readonly string[] } }).notes.errors.length > 0;
