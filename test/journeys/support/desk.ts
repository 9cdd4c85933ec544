import { randomBytes } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';
import type { Crm } from '@tessera-crm/elements';
import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import type { OwnBrowser } from './own-browser.ts';
import type { Site } from './site.ts';
import { eventually } from './world.ts';

const markup = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Desk</title>
    <link rel="icon" href="data:,">
    <script type="module" src="/elements/auto.js" data-backend="" data-token-url="/dev/token?user=administrator" data-user="anna"></script>
  </head>
  <body>
    <crm-sync-status></crm-sync-status>
    <crm-record-list module="accounts" columns="name,employees"></crm-record-list>
  </body>
</html>`;

/** Pages of the site that are there for people who work, and for those who go elsewhere. */
const pages = { '/desk': markup, '/elsewhere': '<!doctype html><title>Elsewhere</title>' };

/** How the cache of a page is, as its diagnostics say. */
interface Kept {
  readonly isOnline: boolean;
  readonly pending: number;
  readonly rejected: number;
  readonly storage: string;
}

/** What the server has of an account. */
interface Stored {
  readonly version: number;
  readonly employees: number | null;
}

/** A tab in which somebody works on accounts: a list of them, and how what was done stands. */
export class Desk {
  readonly page: Page;
  /** Speaks to this page alone. */
  readonly session: CDPSession;
  /** Numbers of mutations that were sent to the server, each with its client. */
  readonly sent: string[] = [];
  readonly #site: Site;
  readonly #acknowledged = new Map<string, number>();
  readonly #intercepted = new Map<string, Intercepted>();

  private constructor(page: Page, session: CDPSession, site: Site) {
    this.page = page;
    this.session = session;
    this.#site = site;
  }

  /** @param before - What is done to the page before anything of ours is there. */
  static async open(
    browser: OwnBrowser,
    site: Site,
    before: (session: CDPSession) => Promise<unknown> = async () => {},
  ): Promise<Desk> {
    const page = await browser.newPage();
    const desk = new Desk(page, await page.createCDPSession(), site);
    await before(desk.session);
    await desk.#prepare();
    await page.goto(desk.address);
    // once there is a cache, nothing goes past it
    await eventually('it keeps', async () => (await page.evaluate(keptNow)) !== null);
    return desk;
  }

  get address(): string {
    return `${this.#site.address}/desk`;
  }

  async kept(): Promise<Kept> {
    return (await this.page.evaluate(keptNow))!;
  }

  /** Makes an account. @returns Its id, once the page has heard that it is kept. */
  async make(name: string): Promise<string> {
    const id = uuid7(Date.now(), randomBytes(10));
    await this.page.evaluate(makeOne, { id, name });
    return id;
  }

  /** Counts the people of an account, one change after the other, each when the one before is kept. */
  async count(id: string, from: number, to: number): Promise<void> {
    await this.page.evaluate(count, { id, from, to, pause: 0 });
  }

  /**
   * Counts on for as long as the page is there.
   *
   * @param pause - Milliseconds between one and the next.
   * @returns When it has begun to.
   */
  async countOn(id: string, from: number, pause = 0): Promise<void> {
    void this.page.evaluate(count, { id, from, to: Number.MAX_SAFE_INTEGER, pause }).catch(() => {});
    await eventually('it counts', async () => this.acknowledged(id) >= from + 5);
  }

  /** The last number of which the page was told that it is kept. */
  acknowledged(id: string): number {
    return this.#acknowledged.get(id) ?? 0;
  }

  /** Waits until the person reads it there. */
  async reads(element: 'sync-status' | 'record-list', text: string | RegExp): Promise<void> {
    let last = '';
    const isThere = async (): Promise<boolean> => {
      last = await this.page.evaluate(textIn, `crm-${element}`);
      return typeof text === 'string' ? last.includes(text) : text.test(last);
    };
    await eventually(`${element} says ${String(text)}`, isThere).catch((cause: Error) => {
      throw new Error(`${cause.message}, but ${last}`, { cause });
    });
  }

  async isSent(): Promise<void> {
    await eventually('everything is sent', async () => (await this.kept()).pending === 0);
  }

  /** What the server has of an account, each change to which is one version more. */
  stored(id: string): Promise<Stored> {
    return this.#site.api('GET', `accounts/${id}`);
  }

  async hasArrived(id: string, people: number | null): Promise<void> {
    const isThere = async (): Promise<boolean> => (await this.stored(id)).employees === people;
    await eventually(`${people} is with the server`, () => isThere().catch(() => false));
  }

  setOffline(isOffline: boolean): Promise<void> {
    return this.page.setOfflineMode(isOffline);
  }

  /** Its process ends, as by a bug of the browser. */
  async crash(): Promise<void> {
    const gone = new Promise((resolve) => this.page.once('error', resolve));
    void this.session.send('Page.crash').catch(() => {});
    await gone;
    await this.page.close();
  }

  async #prepare(): Promise<void> {
    const { page, session } = this;
    await page.exposeFunction('acknowledge', (id: string, number: number) => void this.#acknowledged.set(id, number));
    page.on('request', (request) => {
      if (!request.url().endsWith('/sync/push')) return;
      const { client, mutations } = JSON.parse(request.postData() ?? '{}') as SentPush;
      this.sent.push(...mutations.map(({ mid }) => `${client} ${mid}`));
    });
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      const path = new URL(request.url).pathname;
      const caught = [...this.#intercepted].find(([end]) => path.endsWith(end))?.[1];
      // it was let go a moment ago
      if (caught) caught.tell(requestId);
      else void session.send('Fetch.continueRequest', { requestId }).catch(() => {});
    });
    for (const [path, body] of Object.entries(pages)) await this.intercept(path, (id) => this.#fulfil(id, body));
  }

  /**
   * Has the browser stop before it sends a request, or before it gives the page the answer.
   *
   * @param path - How the path of the address ends.
   */
  async intercept(
    path: string,
    tell: Intercepted['tell'],
    requestStage: Intercepted['requestStage'] = 'Request',
  ): Promise<void> {
    this.#intercepted.set(path, { tell, requestStage });
    const patterns = [...this.#intercepted].map(([end, one]) => ({
      urlPattern: `*${end}`,
      requestStage: one.requestStage,
    }));
    await this.session.send('Fetch.enable', { patterns });
  }

  async letGo(path: string): Promise<void> {
    this.#intercepted.delete(path);
  }

  /**
   * The page does nothing any more: it waits for an answer in the middle of its work.
   *
   * @param begin - Makes it ask for `/hang` there.
   * @returns How to give it.
   */
  async hang(begin: () => Promise<unknown>): Promise<() => Promise<void>> {
    const hanging = Promise.withResolvers<string>();
    await this.intercept('/hang', hanging.resolve);
    void begin().catch(() => {});
    const id = await hanging.promise;
    return () => this.#fulfil(id, '');
  }

  async #fulfil(requestId: string, content: string): Promise<void> {
    const responseHeaders = [{ name: 'content-type', value: 'text/html' }];
    const body = Buffer.from(content).toString('base64');
    await this.session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body });
  }
}

interface Intercepted {
  readonly requestStage: Protocol.Fetch.RequestStage;
  /** @param id - By which the session goes on with it. */
  readonly tell: (id: string) => unknown;
}

interface SentPush {
  readonly client: string;
  readonly mutations: readonly { readonly mid: number }[];
}

interface Counting {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly pause: number;
}

/** Runs in the page: what an element shows, which is another one in the shell that stands in the markup. */
const textIn = (tag: string): string => {
  const shell = document.querySelector(tag)?.shadowRoot;
  const inside = [...(shell?.children ?? [])].find((one) => one.hasAttribute('exportparts'))?.shadowRoot;
  const texts = [...(inside?.children ?? [])].map((one) => (one as HTMLElement).innerText);
  return texts.join(' ').replaceAll(/\s+/g, ' ');
};

/** Runs in the page. */
const keptNow = async (): Promise<Kept | null> => {
  const auto = '/elements/auto.js';
  const { instances } = (await import(auto)) as { readonly instances: readonly Crm[] };
  const { backends } = await instances[0]!.diagnostics();
  return backends[0]?.offline ?? null;
};

/** Runs in the page. */
const makeOne = async ({ id, name }: { readonly id: string; readonly name: string }): Promise<void> => {
  const auto = '/elements/auto.js';
  const { instances } = (await import(auto)) as { readonly instances: readonly Crm[] };
  await instances[0]!.store.apply([{ op: 'create', module: 'accounts', id, values: { name } }]);
};

/** Runs in the page. */
const count = async ({ id, from, to, pause }: Counting): Promise<void> => {
  const auto = '/elements/auto.js';
  const { instances } = (await import(auto)) as { readonly instances: readonly Crm[] };
  const { acknowledge } = globalThis as unknown as { acknowledge(id: string, number: number): Promise<void> };
  for (let employees = from; employees <= to; employees++) {
    await instances[0]!.store.apply([{ op: 'update', module: 'accounts', id, values: { employees } }]);
    void acknowledge(id, employees);
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
};
