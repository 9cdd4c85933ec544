import type { IncomingMessage, ServerResponse } from 'node:http';
import { forward } from './forward.ts';

const base = '/hostile/lame/';

/** The way in comes; the code of elements does not. */
const isMissing = (path: string): boolean =>
  /\/chunks\/(contact-card|record-list|ticket-form|pipeline-board)-[^/]+\.js$/.test(path);

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
