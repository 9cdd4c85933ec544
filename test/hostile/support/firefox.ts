import puppeteer, { type Browser, type Frame, type KeyInput, type Page } from 'puppeteer-core';
import { findFirefox } from '../../../tools/other-browsers.mjs';
import { windowSize, type Box, type Engine, type Point, type Tab, type TabOptions } from './engine.ts';

/** Firefox by WebDriver BiDi, for which it needs no driver beside it. */
export const startFirefox = async (): Promise<Engine> => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox() ?? '',
    headless: true,
    extraPrefsFirefox: { 'intl.locale.requested': 'en-GB', 'intl.accept_languages': 'en-GB' },
  });
  return {
    name: 'firefox',
    version: (await browser.version()).replace(/^firefox\//i, ''),
    newTab: (options) => newTab(browser, options),
    close: () => browser.close(),
  };
};

const newTab = async (browser: Browser, options: TabOptions = {}): Promise<Tab> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ ...windowSize, ...options }).catch(unlessUnknown);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url ?? ''}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return new FirefoxTab(page, complaints);
};

/** An older Firefox sets the size of its window all the same, and does not know how one turns it. */
const unlessUnknown = (cause: unknown): void => {
  if (!String(cause).includes('unknown command')) throw cause;
};

class FirefoxTab implements Tab {
  readonly page = undefined;
  readonly complaints: readonly string[];
  readonly #page: Page;
  #frame: Frame | undefined;

  constructor(page: Page, complaints: readonly string[]) {
    this.#page = page;
    this.complaints = complaints;
  }

  async open(address: string): Promise<void> {
    this.#frame = undefined;
    await this.#page.goto(address, { waitUntil: 'load' });
  }

  async enterFrame(): Promise<void> {
    this.#frame = this.#page.frames().find((frame) => frame.parentFrame() !== null);
  }

  evaluate<A extends readonly unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return (this.#frame ?? this.#page).evaluate(`(${run.toString()})(...${JSON.stringify(args)})`) as Promise<T>;
  }

  async inject(source: string): Promise<void> {
    await (this.#frame ?? this.#page).evaluate(`${source}\n;0`);
  }

  async click(point: Point): Promise<void> {
    const [{ x, y }] = (await this.#inWindow([point])) as [Point];
    await this.#page.mouse.click(x, y);
  }

  async drag(path: readonly Point[]): Promise<void> {
    const [from, ...rest] = await this.#inWindow(path);
    const { mouse } = this.#page;
    await mouse.move(from!.x, from!.y);
    await mouse.down();
    for (const { x, y } of rest) await mouse.move(x, y, { steps: 6 });
    await mouse.up();
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    const keys = key.split('+') as KeyInput[];
    const { keyboard } = this.#page;
    for (const held of keys.slice(0, -1)) await keyboard.down(held);
    await keyboard.press(keys.at(-1)!);
    for (const held of keys.slice(0, -1)) await keyboard.up(held);
  }

  async picture(clip?: Box): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot({ ...(clip && { clip }) }));
  }

  /** Where points of the frame are in the page. */
  async #inWindow(points: readonly Point[]): Promise<readonly Point[]> {
    const element = await this.#frame?.frameElement();
    const box = await element?.boundingBox();
    return points.map(({ x, y }) => ({ x: x + (box?.x ?? 0), y: y + (box?.y ?? 0) }));
  }

  async close(): Promise<void> {
    await this.#page.browserContext().close();
  }
}
