import { chromium, type Browser, type Page } from 'playwright-core';
import { chromeArgs, findChrome } from '../../../tools/chrome.mjs';
import { windowSize, type Box, type Engine, type Point, type Tab, type TabOptions } from './engine.ts';

/** Chromium by Playwright. */
export const startChromium = async (): Promise<Engine> => {
  const browser = await chromium.launch({
    executablePath: findChrome() ?? '',
    args: [...chromeArgs],
    // One page asks whether the browser keeps it
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  return {
    name: 'chromium',
    version: browser.version(),
    newTab: (options) => newTab(browser, options),
    close: () => browser.close(),
  };
};

const newTab = async (browser: Browser, options: TabOptions = {}): Promise<Tab> => {
  const context = await browser.newContext({
    viewport: { ...windowSize, ...options },
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return new ChromiumTab(page, complaints);
};

class ChromiumTab implements Tab {
  readonly page: Page;
  readonly complaints: readonly string[];

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: 'load' });
  }

  evaluate<A extends readonly unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return this.page.evaluate<T>(`(${run.toString()})(...${JSON.stringify(args)})`);
  }

  async inject(source: string): Promise<void> {
    await this.page.evaluate(`${source}\n;0`);
  }

  async click({ x, y }: Point): Promise<void> {
    await this.page.mouse.click(x, y);
  }

  async drag([from, ...rest]: readonly Point[]): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from!.x, from!.y);
    await mouse.down();
    for (const { x, y } of rest) await mouse.move(x, y, { steps: 6 });
    await mouse.up();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async picture(clip?: Box): Promise<Buffer> {
    return this.page.screenshot({ ...(clip && { clip }), animations: 'disabled', caret: 'hide' });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
