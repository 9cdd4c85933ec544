import type { IncomingMessage, ServerResponse } from 'node:http';
import { forward } from './forward.ts';

const base = '/hostile/lame/';

/** What comes at first, and what does not: the way in, and the code of elements. */
const isMissing = (path: string): boolean => path.includes('/chunks/');

/**
 * The bundle from a server that has lost half of its files, until a page asks it to be mended by `/hostile/lame/mend`;
 * `/hostile/lame/break` loses them again. Each name below `/hostile/lame/` is a server of its own.
 */
const mended = new Set<string>();

export const answerLame = (url: URL, request: IncomingMessage, response: ServerResponse, upstream: string): void => {
  const [name = '', ...rest] = url.pathname.slice(base.length).split('/');
  const path = `/${rest.join('/')}`;
  if (path === '/mend' || path === '/break') {
    if (path === '/mend') mended.add(name);
    else mended.delete(name);
    return void response.writeHead(204).end();
  }
  if (isMissing(path) && !mended.has(name)) return void response.writeHead(404, { 'cache-control': 'no-store' }).end();
  forward(request, response, upstream, path);
};
