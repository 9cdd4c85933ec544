import assert from 'node:assert/strict';
import type { Change } from '@tessera-crm/model/change.js';
import type { Page } from 'playwright-core';
import type { Site } from '../../journeys/support/site.ts';
import type { Engine, Point, Tab, TabOptions } from './engine.ts';
import type { FoundHost } from './host.ts';
import { installFinding, installNaming, locateInPage, type Found } from './in-page.ts';

export interface VisitOptions {
  readonly engine: Engine;
  readonly site: Site;
  readonly front: string;
  readonly host: FoundHost;
}

/** Somebody who looks at a hostile page. */
export class Visit {
  readonly tab: Tab;
  readonly site: Site;
  readonly host: FoundHost;
  readonly engine: Engine;
  /** Milliseconds that something may take before it counts as never. */
  patience = 30_000;
  readonly #front: string;
  readonly #made: Change[] = [];

  private constructor(tab: Tab, { engine, site, front, host }: VisitOptions) {
    this.tab = tab;
    this.engine = engine;
    this.site = site;
    this.host = host;
    this.#front = front;
  }

  static async begin(options: VisitOptions, tabOptions?: TabOptions): Promise<Visit> {
    return new Visit(await options.engine.newTab(tabOptions), options);
  }

  /** Chromium's own page. @throws {TypeError} In another engine. */
  get page(): Page {
    if (!this.tab.page) throw new TypeError('Only Chromium can be asked for this.');
    return this.tab.page;
  }

  /** The address of a file of the suite. @param query - What the script tag says instead: `isolation=strict`. */
  address(name = `${this.host.file}.html`, query = ''): string {
    return `${this.#front}/hostile/${name}${query && '?'}${query}`;
  }

  /** Opens the host's page; or another one of the suite. */
  async open(query?: string, name?: string): Promise<void> {
    await this.tab.open(this.address(name, query));
    if (this.host.isFramed && name === undefined) await this.tab.enterFrame();
    await this.tab.evaluate(installNaming);
    await this.tab.evaluate(installFinding);
  }

  /** Errors and violations so far, but those of the host's own making. */
  async complaints(): Promise<readonly string[]> {
    const noted = await this.tab.evaluate(() => [...hostile.errors, ...hostile.violations]);
    const { ownComplaints } = this.host;
    return [...new Set([...this.tab.complaints, ...noted])].filter((one) => !ownComplaints?.test(one));
  }

  /** Waits for something in the page. @throws {Error} With `what`, when it never comes. */
  async until<A extends readonly unknown[]>(
    what: string,
    isSo: (...args: A) => boolean | Promise<boolean>,
    ...args: A
  ): Promise<void> {
    const end = Date.now() + this.patience;
    while (Date.now() < end) {
      if (await this.tab.evaluate(isSo, ...args)) return;
      await pause(60);
    }
    throw new Error(`It never came to pass: ${what}`);
  }

  /** Waits until an element shows a text. */
  async shows(id: string, text: string): Promise<void> {
    await this.until(`${id} shows "${text}"`, (where, what) => hostile.text(where).includes(what), id, text).catch(
      async (error: Error) => {
        const shown = await this.tab.evaluate((where) => hostile.text(where), id);
        throw new Error(`${error.message}; it shows "${shown.slice(0, 300)}"`);
      },
    );
  }

  /** A control in an element, by role and a part of its name, that can be clicked, and stays where it is. */
  async control(id: string, role: string, name: string): Promise<Found> {
    let found: Found | null = null;
    let before: Found | null;
    const end = Date.now() + this.patience;
    do {
      before = found;
      found = await this.tab.evaluate(locateInPage, id, role, name);
      if (found && isReached(found) && found.x === before?.x && found.y === before.y) return found;
      await pause(60);
    } while (Date.now() < end);
    assert.ok(found, `${id} has no ${role} "${name}"`);
    throw new assert.AssertionError({ message: `${id}: a click on "${name}" reaches ${found.coveredBy}` });
  }

  async click(id: string, role: string, name: string): Promise<void> {
    await this.tab.click(await this.control(id, role, name));
  }

  async fill(id: string, name: string, text: string): Promise<void> {
    await this.click(id, 'textbox', name);
    await this.tab.type(text);
  }

  /** Waits for an event of ours that the page heard, and says which record it named. */
  async heard(type: string, target: string): Promise<string | undefined> {
    await this.until(
      `the page hears ${type} of ${target}`,
      (wanted, from) => hostile.events.some((one) => one.type === wanted && one.target === from),
      type,
      target,
    );
    return this.tab.evaluate(
      (wanted, from) => hostile.events.findLast((one) => one.type === wanted && one.target === from)?.id,
      type,
      target,
    );
  }

  /** A record as the API has it; what a page sent may still be on its way. @throws {Error} The API's, when it never comes. */
  async saved(module: string, id: string): Promise<Readonly<Record<string, unknown>>> {
    const end = Date.now() + this.patience;
    for (;;) {
      try {
        return await this.site.api('GET', `${module}/${id}`);
      } catch (error) {
        if (Date.now() > end) throw error;
        await pause(100);
      }
    }
  }

  /** The middle of an element of the page. */
  async middleOf(selector: string): Promise<Point> {
    return this.tab.evaluate((which) => {
      const { left, top, width, height } = document.querySelector(which)!.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
  }

  /** Deletes a record at the end, so that the next page finds what this one found. */
  forget(module: string, id: string): void {
    this.#made.push({ op: 'delete', module, id });
  }

  async end(): Promise<void> {
    await this.tab.close();
    if (this.#made.length > 0) await this.site.api('POST', 'changes', { changes: this.#made, atomic: true });
  }
}

const isReached = ({ coveredBy, width }: Found): boolean => coveredBy === null && width > 0;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
