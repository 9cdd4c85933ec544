import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromeArgs, findChrome } from '../../../tools/chrome.mjs';

/** Where screenshots go, for whoever wants to look; nowhere unless told. */
const album = process.env['JOURNEY_SCREENSHOTS'];

/** What a page did that it must not. */
interface Watched {
  readonly complaints: string[];
  readonly bodies: Promise<string>[];
  /** Paths and bodies of the questions that were answered. */
  readonly asked: string[];
}

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: findChrome() ?? '', args: [...chromeArgs] });

/** Somebody at a browser: a page, and what is noted about it on the side. */
export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #watched: Watched;

  private constructor(page: Page, watched: Watched) {
    this.page = page;
    this.context = page.context();
    this.#watched = watched;
  }

  static async sit(browser: Browser, options: { readonly width?: number; readonly dark?: boolean } = {}) {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      locale: 'en-GB',
      timezoneId: 'Europe/Rome',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const watched: Watched = { complaints: [], bodies: [], asked: [] };
    page.on('console', (message) => {
      if (message.type() === 'error') watched.complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => watched.complaints.push(String(error)));
    page.on('response', (answer) => {
      if (!answer.url().includes('/v1/')) return;
      watched.bodies.push(answer.text().catch(() => ''));
      watched.asked.push(`${new URL(answer.url()).pathname} ${answer.request().postData() ?? ''}`);
    });
    await page.addInitScript(notePage);
    return new Person(page, watched);
  }

  /** Errors in the console so far, but those that a lost network makes by itself. */
  get complaints(): readonly string[] {
    return this.#watched.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/.test(text));
  }

  /** Everything the API has answered so far. Streams that go on are left out. */
  async heard(): Promise<string> {
    const late = new Promise<string>((resolve) => setTimeout(resolve, 2_000, ''));
    return (await Promise.all(this.#watched.bodies.map((body) => Promise.race([body, late])))).join('\n');
  }

  /** Waits until something was asked and answered. @param part - Of its path, a space and its body. */
  async hasAsked(part: string): Promise<void> {
    const isThere = (): boolean => this.#watched.asked.some((one) => one.includes(part));
    for (let n = 0; n < 1000 && !isThere(); n++) await this.page.waitForTimeout(20);
    assert.ok(isThere(), `nobody asked for ${part}`);
  }

  /** How much of the page moved by itself, as browsers count it: 0 is nothing. */
  async layoutShift(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { readonly layoutShift: number }).layoutShift);
  }

  async picture(name: string): Promise<void> {
    if (album === undefined) return;
    await mkdir(album, { recursive: true });
    await this.page.screenshot({ path: join(album, `${name}.png`), fullPage: true });
  }

  /** The page kept quiet, and as still as browsers' tools say it: 0.00. */
  async assertCalm(): Promise<void> {
    assert.deepEqual(this.complaints, []);
    assert.equal((await this.layoutShift()).toFixed(2), '0.00');
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** Runs in the page before anything else. */
const notePage = (): void => {
  const noted = globalThis as unknown as { layoutShift: number; shifts: unknown[] };
  noted.layoutShift = 0;
  noted.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    })[]) {
      if (entry.hadRecentInput) continue;
      noted.layoutShift += entry.value;
      noted.shifts.push(
        ...entry.sources.map(({ node, previousRect, currentRect }) => [
          node?.nodeName,
          (node as Element | null)?.className,
          previousRect.toJSON(),
          currentRect.toJSON(),
        ]),
      );
    }
  }).observe({ type: 'layout-shift', buffered: true });
};
