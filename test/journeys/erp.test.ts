import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser, Person } from './support/person.ts';
import { Site } from './support/site.ts';
import { contactName, eventually, settle, type World } from './support/world.ts';

describe('the ERP', () => {
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

  const sit = async (options?: Parameters<typeof Person.sit>[1]): Promise<Person> => {
    const person = await Person.sit(browser, options);
    await person.page.addInitScript(noteEvents);
    await person.page.goto(`${site.address}/examples/erp/`);
    await person.page.locator('acme-record-list [part="row"]').first().waitFor();
    return person;
  };

  const choose = async ({ page }: Person): Promise<void> => {
    await page.locator('acme-record-list').getByRole('searchbox', { name: 'Cerca' }).fill('quintarelli');
    await page.locator('acme-record-list').getByRole('link', { name: contactName }).click();
    await page.locator('acme-contact-card').getByRole('heading', { name: contactName }).waitFor();
  };

  test('leads a record to the vendor’s own route, in Italian', async () => {
    const person = await sit();
    await choose(person);
    assert.equal(new URL(person.page.url()).hash, `#/contacts/${world.contact}`);
    await person.page.locator('acme-contact-card').getByText('Ticket aperti').waitFor();
    await person.picture('erp-card');
    await person.assertCalm();
    await person.leave();
  });

  test('says the name of nobody but the vendor: in tags, attributes, events or properties', async () => {
    const person = await sit();
    await choose(person);
    const said = await person.page.evaluate(nameEverything);
    assert.ok(said.length > 100, 'there was nothing to look at');
    assert.ok(
      said.some((name) => name.startsWith('acme-')),
      'the vendor is not named either',
    );
    assert.deepEqual(
      said.filter((name) => /crm|tessera/i.test(name)),
      [],
    );
    await person.leave();
  });

  test('follows the page into the dark, standing still on a phone', async () => {
    const person = await sit({ width: 390 });
    const ground = async (): Promise<string> =>
      person.page
        .locator('acme-record-list [part="link"]')
        .first()
        .evaluate((cell) => getComputedStyle(cell).color);
    await person.picture('erp-390');
    const light = await ground();
    await person.page.getByRole('button', { name: 'Tema scuro' }).click();
    await eventually('it is dark', async () => (await ground()) !== light);
    await person.picture('erp-390-dark');
    await person.assertCalm();
    await person.leave();
  });
});

/** Runs in the page before anything else: notes the name of every event that our code makes. */
const noteEvents = (): void => {
  const noted = globalThis as unknown as { eventNames: Set<string> };
  noted.eventNames = new Set();
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function note(event) {
    noted.eventNames.add(event.type);
    return dispatchEvent.call(this, event);
  };
};

/** Runs in the page: every tag, attribute, event and custom property on it, inside of elements too. */
const nameEverything = (): readonly string[] => {
  const { eventNames } = globalThis as unknown as { readonly eventNames: Set<string> };
  const names = new Set<string>(eventNames);
  const sheets = (root: Document | ShadowRoot): readonly CSSStyleSheet[] => [
    ...root.styleSheets,
    ...root.adoptedStyleSheets,
  ];
  const look = (root: Document | ShadowRoot): void => {
    for (const sheet of sheets(root))
      for (const rule of sheet.cssRules)
        for (const [name] of rule.cssText.matchAll(/--[\w-]+|[\w-]+-[\w-]+/g)) names.add(name);
    for (const element of root.querySelectorAll('*')) {
      names.add(element.localName);
      for (const { name, value } of element.attributes) names.add(`${name}=${value}`);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  names.add(document.body.innerText);
  return [...names];
};
