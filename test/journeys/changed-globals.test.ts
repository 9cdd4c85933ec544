import assert from 'node:assert/strict';
import test, { after, before, beforeEach, describe } from 'node:test';
import type { Browser } from 'playwright-core';
import { Visitor } from './support/foreign-page.ts';
import { openBrowser } from './support/person.ts';
import { Site } from './support/site.ts';
import { allElements, useEach } from './support/use-each.ts';
import { beginAnew, settle, type World } from './support/world.ts';

/** What runs in the page before us, as libraries of another age do; or what stands in its markup. */
const pages: Readonly<Record<string, { readonly first?: () => void; readonly body?: string }>> = {
  'gave arrays, strings and numbers a toJSON': {
    first: () => {
      for (const { prototype } of [Array, String, Number])
        Object.assign(prototype, {
          toJSON(this: string) {
            return `"${String(this)}"`;
          },
        });
    },
  },

  'added to the prototypes of everything': {
    first: () => {
      for (const { prototype } of [Object, Array, String, Function])
        Object.assign(prototype, {
          each() {
            throw new Error('nobody calls this');
          },
        });
    },
  },

  'wrapped fetch into something that is not quite it': {
    first: () => {
      const real = globalThis.fetch.bind(globalThis);
      globalThis.fetch = (async (url: unknown, init?: RequestInit) => {
        if (typeof url !== 'string') throw new TypeError('An address, please');
        const answer = await real(url, init);
        const { ok, status } = answer;
        return { ok, status, headers: { get: (name: string) => answer.headers.get(name) }, text: () => answer.text() };
      }) as typeof fetch;
    },
  },

  'stopped the clock at yesterday': {
    first: () => {
      const then = Date.now() - 86_400_000;
      globalThis.Date = class extends Date {
        static override now(): number {
          return then;
        }

        constructor(...time: readonly []) {
          super(...((time.length > 0 ? time : [then]) as readonly []));
        }
      } as DateConstructor;
    },
  },

  'has markup that takes the names of what we use': {
    body: ['customElements', 'indexedDB', 'trustedTypes', 'localStorage', 'litHtmlVersions', 'reactiveElementVersions']
      .map((name) => `<form id="${name}"></form>`)
      .concat('<img name="scripts" alt="" src="data:,"><a id="tessera"></a><a id="litPropertyMetadata"></a>')
      .join(''),
  },
};

describe('a page', () => {
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

  for (const [name, { first, body = '' }] of Object.entries(pages))
    test(`that ${name} has elements that work`, async () => {
      const visitor = await Visitor.open(browser, site, {
        head: '<script type="module" src="/vendor/tessera/auto.js" data-backend="" data-token-url="/dev/token?user=administrator" data-user="anna"></script>',
        body: body + allElements(world),
        ...(first && { first }),
      });
      await useEach(visitor.page, { site, world });
      assert.deepEqual((await visitor.notes()).errors, []);
      assert.deepEqual(visitor.person.complaints, []);
      await visitor.person.leave();
    });
});
