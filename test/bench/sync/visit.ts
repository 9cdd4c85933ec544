import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { ensureChrome } from '../../../tools/bootstrap.mjs';
import { chromeArgs } from '../../../tools/chrome.mjs';
import type { Bench } from './contender.ts';
import { cpuOfBrowser } from './cpu.ts';

/** What the pages offer; there when the code of `evaluate` runs in them. */
declare const bench: Bench;

type Working = {
  readonly [K in keyof Bench]: (...args: Parameters<Bench[K]>) => Promise<Awaited<ReturnType<Bench[K]>>>;
};

interface Opened {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly page: Page;
  readonly session: CDPSession;
}

/** A browser process with one page, on a profile that outlives it. */
export class Visit {
  readonly page: Page;
  readonly session: CDPSession;
  readonly bench: Working;
  readonly #context: BrowserContext;
  readonly #profile: string;

  private constructor({ context, profile, page, session }: Opened) {
    this.#context = context;
    this.#profile = profile;
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
    const executablePath = ensureChrome();
    const context = await chromium.launchPersistentContext(profile, { executablePath, args: chromeArgs });
    return Visit.#in({ context, profile, page: context.pages()[0] ?? (await context.newPage()) }, url);
  }

  /** Another tab of the same browser. */
  async beside(url: string): Promise<Visit> {
    const [context, profile] = [this.#context, this.#profile];
    return Visit.#in({ context, profile, page: await context.newPage() }, url);
  }

  static async #in({ context, profile, page }: Omit<Opened, 'session'>, url: string): Promise<Visit> {
    page.on('pageerror', (error) => console.error(error));
    const session = await context.newCDPSession(page);
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return new Visit({ context, profile, page, session });
  }

  /** Milliseconds that all processes of the browser worked so far. */
  get cpu(): number {
    return cpuOfBrowser(this.#profile);
  }

  /** Deletes all databases, which nobody may have open. */
  async deleteAll(): Promise<void> {
    await this.page.evaluate(async () => {
      const deleted = ({ name }: IDBDatabaseInfo): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name!);
          request.onsuccess = resolve;
          request.onerror = () => reject(request.error!);
        });
      await Promise.all((await indexedDB.databases()).map(deleted));
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
