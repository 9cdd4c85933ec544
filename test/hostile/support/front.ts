import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward } from './forward.ts';
import { hostFiles } from './host-files.ts';
import { answerLame } from './lame-elements.ts';
import { answerNext, comesLate } from './next-major.ts';
import { answerToken } from './token-endpoint.ts';

/**
 * The address at which hostile pages are opened: their files come from this folder, with the headers that they want;
 * everything else is the real server's.
 */
export class Front {
  readonly address: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param upstream - The address of the real server. @param port - A free one unless told. */
  static async open(upstream: string, port = 0): Promise<Front> {
    const server = createServer((request, response) => {
      answer(request, response, upstream).catch((error: unknown) => {
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Front(server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const answer = async (request: IncomingMessage, response: ServerResponse, upstream: string): Promise<void> => {
  const url = new URL(request.url ?? '/', upstream);
  if (url.pathname === '/') return void response.writeHead(302, { location: '/hostile/' }).end();
  if (url.pathname === '/hostile/token') return answerToken(url, request, response, upstream);
  const [, place = '', path = ''] = /^\/hostile\/(copy|late|next)(\/.*)/.exec(url.pathname) ?? [];
  if (place === 'next') return answerNext(response, upstream, path);
  if (place === 'late') await comesLate(path);
  if (place) return forward(request, response, upstream, path);
  if (url.pathname.startsWith('/hostile/lame/')) return answerLame(url, request, response, upstream);
  if (url.pathname.startsWith('/hostile/')) return hostFiles(url, response);
  forward(request, response, upstream);
};
