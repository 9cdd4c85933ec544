import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

export interface StaticOptions {
  /** What every file is sent with, beside its type. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Paths whose names tell their contents: browsers keep such files for ever and never ask again. */
  readonly hashed?: RegExp;
}

/** Serves the files below one folder, and nothing else whatever the path says. */
export class StaticFiles {
  readonly #folder: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #hashed: RegExp | undefined;

  constructor(folder: string, { headers = {}, hashed }: StaticOptions = {}) {
    this.#folder = folder;
    this.#headers = headers;
    this.#hashed = hashed;
  }

  /** @param path - Below the folder, as it stands in the address. @returns Null when there is no such file. */
  async answer(request: Request, path: string): Promise<Response | null> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null;
    const found = await this.#find(path);
    if (!found) return null;
    const { file, size, modified } = found;
    const etag = `W/"${size.toString(36)}-${modified.toString(36)}"`;
    const cacheControl = this.#hashed?.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
    const headers = { 'cache-control': cacheControl, 'x-content-type-options': 'nosniff', etag, ...this.#headers };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    const body =
      request.method === 'HEAD'
        ? null
        : (Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>);
    return new Response(body, {
      headers: {
        ...headers,
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-length': String(size),
      },
    });
  }

  async #find(
    path: string,
  ): Promise<{ readonly file: string; readonly size: number; readonly modified: number } | null> {
    const parts = partsOf(path);
    if (!parts) return null;
    try {
      const folder = await realpath(this.#folder);
      const file = await realpath(join(folder, ...parts));
      // a link that leads out of the folder is not below it
      if (file !== folder && !file.startsWith(folder + sep)) return null;
      const facts = await stat(file);
      return facts.isFile() ? { file, size: facts.size, modified: Math.floor(facts.mtimeMs) } : null;
    } catch {
      return null;
    }
  }
}

/** The names in a path; null when one of them is not a plain, visible name. */
const partsOf = (path: string): readonly string[] | null => {
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    return null;
  }
  const names = text.split('/').filter((part) => part !== '');
  const parts = text === '' || text.endsWith('/') ? [...names, 'index.html'] : names;
  return parts.every((part) => !part.startsWith('.') && !/[\\\0:]/.test(part)) ? parts : null;
};
