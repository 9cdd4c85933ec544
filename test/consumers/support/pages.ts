import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The web server of a company that uses the CRM: its built pages, and an address that gives tokens to its people. */
export class Pages {
  /** Where the CRM's server is; known once that was started. */
  crm = '';
  readonly #server: Server;

  private constructor(folder: string) {
    this.#server = createServer((request, response) => {
      this.#answer(folder, request, response).catch(() => response.writeHead(404).end());
    });
  }

  static async open(folder: string): Promise<Pages> {
    const pages = new Pages(folder);
    await new Promise<void>((resolve) => void pages.#server.listen(0, '127.0.0.1', resolve));
    return pages;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(folder: string, { url = '/', method }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method === 'POST' && url === '/crm-token') {
      const token = await fetch(`${this.crm}/dev/token?user=administrator`, { method: 'POST' });
      response.writeHead(token.status, { 'content-type': 'application/json' }).end(await token.text());
      return;
    }
    const { pathname } = new URL(url, this.address);
    const file = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const body = await readFile(join(folder, file));
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
  }
}
