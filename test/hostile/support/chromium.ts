import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
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
  #frame: Frame | undefined;

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  async open(address: string): Promise<void> {
    this.#frame = undefined;
    await this.page.goto(address, { waitUntil: 'load' });
  }

  async enterFrame(): Promise<void> {
    this.#frame = this.page.frames().find((frame) => frame.parentFrame() !== null);
  }

  evaluate<A extends readonly unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return (this.#frame ?? this.page).evaluate<T>(`(${run.toString()})(...${JSON.stringify(args)})`);
  }

  async inject(source: string): Promise<void> {
    await (this.#frame ?? this.page).evaluate(`${source}\n;0`);
  }

  async click(point: Point): Promise<void> {
    const [{ x, y }] = (await this.#inWindow([point])) as [Point];
    await this.page.mouse.click(x, y);
  }

  async drag(path: readonly Point[]): Promise<void> {
    const [from, ...rest] = await this.#inWindow(path);
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

  /** Where points of the frame are in the page. */
  async #inWindow(points: readonly Point[]): Promise<readonly Point[]> {
    const element = await this.#frame?.frameElement();
    const box = await element?.boundingBox();
    return points.map(({ x, y }) => ({ x: x + (box?.x ?? 0), y: y + (box?.y ?? 0) }));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
