import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromeArgs, findChrome } from '../../../tools/chrome.mjs';

/**
 * A Chromium with a profile on the disk, which may be killed, and started again with what it kept. Its tabs are as those
 * of people: one is in front, the others are hidden, may be frozen, and are kept for whoever goes back.
 */
export class OwnBrowser {
  #profile = '';
  #browser: Browser | undefined;
  #wasKilled = false;

  private constructor() {}

  static async open(): Promise<OwnBrowser> {
    const browser = new OwnBrowser();
    await browser.#begin();
    return browser;
  }

  newPage(): Promise<Page> {
    return this.#browser!.newPage();
  }

  /**
   * Closes all pages. A profile whose browser was killed is not used any more: where that was in the middle of a line of
   * its log, Chromium appends to that line, and throws all databases of the site away when it opens them once more.
   */
  async leave(): Promise<void> {
    if (this.#wasKilled) {
      await this.close();
      return this.#begin();
    }
    for (const page of (await this.#browser?.pages()) ?? []) if (page.url() !== 'about:blank') await page.close();
  }

  async start(): Promise<void> {
    this.#browser = await puppeteer.launch({
      executablePath: findChrome() ?? '',
      userDataDir: this.#profile,
      args: [...chromeArgs],
    });
  }

  /** `kill -9` of all of it: nothing is written any more. */
  async kill(): Promise<void> {
    const running = this.#browser?.process();
    this.#browser = undefined;
    this.#wasKilled = true;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    // its children are of one group with it
    process.kill(-running.pid, 'SIGKILL');
    await gone;
    // by which the next one would know that somebody uses the profile
    await rm(join(this.#profile, 'SingletonLock'), { force: true });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #begin(): Promise<void> {
    this.#profile = await mkdtemp(join(tmpdir(), 'tessera-profile-'));
    this.#wasKilled = false;
    await this.start();
  }
}
