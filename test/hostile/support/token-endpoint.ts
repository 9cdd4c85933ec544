import type { IncomingMessage, ServerResponse } from 'node:http';
import { known } from './known.ts';

/** What a page's own token address may do wrong, by `?does=`; without it, it works. */
const faults: Readonly<Record<string, (response: ServerResponse) => void>> = {
  fails: (response) => void response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error'),
  hangs: () => {},
  html: (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please sign in</h1>'),
  nonsense: (response) => sendJson(response, { token: 'nobody-gave-this', expiresIn: 900 }),
  ended: (response) => sendJson(response, { token: 'nobody-gave-this', expiresIn: 0 }),
};

/** Gives session tokens as a host's backend does; `?as=` chooses who signed in. Every origin may ask. */
export const answerToken = async (
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  upstream: string,
): Promise<void> => {
  const origin = request.headers.origin ?? '*';
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('cache-control', 'no-store');
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  request.resume();
  const fault = faults[url.searchParams.get('does') ?? ''];
  if (fault) return fault(response);
  const who = whoseTokens[url.searchParams.get('as') ?? 'administrator'];
  if (!who) return void response.writeHead(404).end();
  const minted = await fetch(upstream + who.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who.body),
  });
  response.writeHead(minted.status, { 'content-type': 'application/json' }).end(await minted.text());
};

const whoseTokens: Readonly<Record<string, { readonly path: string; readonly body: unknown }>> = {
  administrator: { path: '/dev/token?user=administrator', body: {} },
  ottavia: { path: '/dev/token', body: { subject: { module: 'contacts', id: known.contact } } },
  brutus: { path: '/dev/token', body: { subject: { module: 'contacts', id: known.otherContact } } },
};

const sendJson = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
