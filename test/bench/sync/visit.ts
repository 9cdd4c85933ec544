import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { ensureChrome } from '../../../tools/bootstrap.mjs';
import { chromeArgs } from '../../../tools/chrome.mjs';
import type { Bench } from './contender.ts';

/** What the pages offer; there when the code of `evaluate` runs in them. */
declare const bench: Bench;

type Working = {
  readonly [K in keyof Bench]: (...args: Parameters<Bench[K]>) => Promise<Awaited<ReturnType<Bench[K]>>>;
};

/** A browser process with one page, on a profile that outlives it. */
export class Visit {
  readonly page: Page;
  readonly session: CDPSession;
  readonly bench: Working;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, session: CDPSession) {
    this.#context = context;
    this.page = page;
    this.session = session;
    this.bench = new Proxy({} as Working, {
      get:
        (_, name: string) =>
        (...args: readonly unknown[]) =>
          page.evaluate(
            ([method, given]) =>
              (bench as unknown as Record<string, (...all: unknown[]) => unknown>)[method]!(...given),
            [name, args] as const,
          ),
    });
  }

  static async open(profile: string, url: string): Promise<Visit> {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureChrome(),
      args: chromeArgs,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (error) => console.error(error));
    const session = await context.newCDPSession(page);
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return new Visit(context, page, session);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
