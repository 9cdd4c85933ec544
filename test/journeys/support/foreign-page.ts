import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Person } from './person.ts';
import type { Site } from './site.ts';

export const bundle = new URL('../../../packages/elements/cdn/', import.meta.url);

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

/** A page that is not ours: what its server sends, and under which policy. */
export interface ForeignPage {
  readonly head: string;
  readonly body?: string;
  /** The header `content-security-policy`; none unless given. */
  readonly policy?: string;
  /** The folders of the page's server in which copies of the bundle lie; each begins and ends in a slash. */
  readonly folders?: readonly string[];
  /** Changes a file of the bundle before it is sent, as somebody on the way might. */
  readonly tamper?: (path: string, code: string) => string;
  /** Runs in the page before anything else. */
  readonly first?: () => void;
}

/** What the browser noted about a page on the side. */
export interface Notes {
  /** The directive and what it stopped, of every violation of the policy. */
  readonly violations: readonly string[];
  /** The codes of all `crm-error` events. */
  readonly errors: readonly string[];
}

/** Somebody on a foreign page, whose server also passes on what goes to the CRM. */
export class Visitor {
  readonly person: Person;
  /** Every address that was asked for. */
  readonly asked: string[] = [];

  private constructor(person: Person) {
    this.person = person;
    this.page.on('request', (request) => this.asked.push(request.url()));
  }

  static async open(browser: Browser, site: Site, foreign: ForeignPage): Promise<Visitor> {
    const visitor = new Visitor(await Person.sit(browser));
    const { page } = visitor;
    const { head, body = '', policy, folders = ['/vendor/tessera/'], tamper = (_path, code) => code, first } = foreign;
    await page.addInitScript(note);
    if (first) await page.addInitScript(first);
    const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Elsewhere</title>${head}</head><body>${body}</body></html>`;
    const headers = { 'content-type': 'text/html', ...(policy && { 'content-security-policy': policy }) };
    await page.route(`${site.address}/elsewhere`, (route) => route.fulfill({ body: content, headers }));
    for (const folder of folders)
      await page.route(`${site.address}${folder}**`, async (route) => {
        const path = new URL(route.request().url()).pathname.slice(folder.length);
        const code = await readFile(new URL(path, bundle), 'utf8');
        await route.fulfill({ body: tamper(path, code), contentType: types[extname(path)] ?? 'text/plain' });
      });
    await page.goto(`${site.address}/elsewhere`);
    return visitor;
  }

  get page(): Page {
    return this.person.page;
  }

  async notes(): Promise<Notes> {
    return this.page.evaluate(() => (globalThis as unknown as { readonly notes: Notes }).notes);
  }
}

/** Runs in the page. */
const note = (): void => {
  const notes = { violations: [] as string[], errors: [] as string[] };
  Object.assign(globalThis, { notes });
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
    notes.violations.push([effectiveDirective, blockedURI, sample].join(' ')),
  );
  addEventListener('crm-error', (event) =>
    notes.errors.push((event as CustomEvent<{ readonly code: string }>).detail.code),
  );
};
