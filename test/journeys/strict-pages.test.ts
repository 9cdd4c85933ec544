import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before, beforeEach, describe } from 'node:test';
import type { Browser } from 'playwright-core';
import { bundle, Visitor, type ForeignPage } from './support/foreign-page.ts';
import { openBrowser } from './support/person.ts';
import { inWords } from './support/picture-in-words.ts';
import { Site } from './support/site.ts';
import { allElements, tags, useEach } from './support/use-each.ts';
import { beginAnew, contactName, eventually, settle, type World } from './support/world.ts';

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
      body: allElements(world),
      ...(policy !== undefined && { policy }),
    });
    const seen: string[] = [];
    await useEach(visitor.page, { site, world }, async () => {
      await visitor.page.waitForTimeout(400);
      // whether something is being saved just now is a matter of chance
      const words = await inWords(
        visitor.page,
        tags.filter((tag) => tag !== 'crm-sync-status'),
      );
      // A ticket never has the number of another
      seen.push(words.replaceAll(/(?<=Ticket )\S+(?= received)/g, '…'));
    });
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
    assert.equal(seen.length, expected.length);
    for (const [index, one] of seen.entries()) assert.equal(one, expected[index]);
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

  test('may allow none to such a browser, which tells of it once', async () => {
    const visitor = await visit({ head: script(), body: card(), policy: strictest, first: ageBrowser });
    await seesCard(visitor);
    const { errors, violations } = await visitor.notes();
    assert.deepEqual(errors, []);
    assert.deepEqual(
      violations.map((one) => one.startsWith('trusted-types')),
      [true],
    );
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
      body: `${card()}<crm-ticket-form></crm-ticket-form><crm-record-list module="contacts"></crm-record-list><crm-pipeline-board></crm-pipeline-board><crm-sync-status></crm-sync-status><crm-conflicts></crm-conflicts>`,
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
        assert.equal(await visitor.page.locator('crm-contact-card .name').count(), 0, 'a card is shown');
        await visitor.person.leave();
      });
  });
});

/** Runs in the page: what Chromium was before setHTML(). */
const ageBrowser = (): void => {
  Reflect.deleteProperty(Element.prototype, 'setHTML');
};
