import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hosts } from './hosts.ts';
import { indexPage } from './index-page.ts';
import { known } from './known.ts';
import { libraryFile } from './libraries.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Pages in origins of their own need leave for their modules, too. */
const always = { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' } as const;

/** Sends what lies below `/hostile/`: pages with the headers that their host wants, scripts and style sheets. */
export const hostFiles = async (url: URL, response: ServerResponse): Promise<void> => {
  const name = normalize(url.pathname.slice('/hostile/'.length));
  if (name === '.' || name === '') return send(response, await indexPage(), '.html');
  const library = name.startsWith('lib/') ? await libraryFile(name.slice('lib/'.length)) : undefined;
  if (library !== undefined) return send(response, library, extname(name));
  if (!/^(page\/|themes\/|vendor\/)?[a-z0-9./-]+\.(html|js|css)$/.test(name) || name.includes('..'))
    return void response.writeHead(404).end();
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
  if (text === undefined) return void response.writeHead(404).end();
  if (!name.endsWith('.html')) return send(response, text, extname(name));
  return sendPage(response, name, text, url);
};

const sendPage = async (response: ServerResponse, name: string, text: string, url: URL): Promise<void> => {
  const host = (await hosts()).find(({ file }) => `${file}.html` === name);
  const nonce = randomBytes(12).toString('base64');
  const facts = { ...defaults, ...host?.script, ...Object.fromEntries(url.searchParams), nonce, ...known };
  const headers = Object.entries(host?.headers ?? {}).map(([key, value]) => [key, value.replaceAll('{nonce}', nonce)]);
  send(response, filled(await included(text), facts), '.html', Object.fromEntries(headers));
};

/** What a page says of its instance unless its host or its address says another thing. */
const defaults = { elements: '/elements', isolation: 'soft', theme: '', token: '/hostile/token', user: '' } as const;

const send = (
  response: ServerResponse,
  text: string,
  extension: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(200, { 'content-type': types[extension]!, ...always, ...headers }).end(text);
};

/** The parts that all pages share: `<!-- include page/head.html -->`. */
const included = async (text: string): Promise<string> => {
  const parts = [...text.matchAll(/<!-- include (page\/[a-z-]+\.html) -->/g)];
  const texts = await Promise.all(parts.map(async ([, path]) => included(await readFile(join(folder, path!), 'utf8'))));
  return parts.reduce((whole, [mark], index) => whole.replace(mark, () => texts[index]!), text);
};

const filled = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{([a-zA-Z]+)\}/g, (mark, name: string) => {
    const fact = facts[name];
    return fact === undefined ? mark : fact.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  });
