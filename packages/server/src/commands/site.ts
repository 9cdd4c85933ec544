import type { App } from '../app.ts';
import type { DevRoutes } from '../http/dev-routes.ts';
import type { Answer } from './compressed.ts';
import { StaticFiles } from '../http/static-files.ts';

/** The server of an example, as its `backend.ts` makes it. */
export type Host = (request: Request) => Promise<Response>;

export interface SiteOptions {
  readonly app: App;
  /** Null outside of development. */
  readonly dev: DevRoutes | null;
  /** What answers below `/examples/<name>/api/`, by name: the hosts' own servers. */
  readonly hosts?: ReadonlyMap<string, Host>;
  readonly folders: { readonly elements: string; readonly examples: string; readonly storybook: string };
}

/** The bundle may be used by pages anywhere. */
const forAnybody = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** One origin for everything: the API, the bundle of the elements, the examples, the stories. */
export const site = ({ app, dev, hosts, folders }: SiteOptions): Answer => {
  const mounts: Readonly<Record<string, StaticFiles>> = {
    elements: new StaticFiles(folders.elements, { headers: forAnybody, hashed: /^chunks\// }),
    examples: new StaticFiles(folders.examples),
    storybook: new StaticFiles(folders.storybook),
  };
  return async (request, address) => {
    // cheaper than a URL, and most requests are for the API
    const path = request.url.slice(request.url.indexOf('/', 8)).split('?', 1)[0]!;
    if (path.startsWith('/v1/')) return app.fetch(request, { address });
    const [, name = '', ...rest] = path.split('/');
    const host = name === 'examples' && rest[1] === 'api' ? hosts?.get(rest[0]!) : undefined;
    if (host) return host(request);
    const files = Object.hasOwn(mounts, name) ? mounts[name]! : undefined;
    const found = files ? await files.answer(request, rest.join('/')) : await dev?.answer(request, path, address);
    if (found) return found;
    if (path === '/') return Response.redirect(new URL('/examples/intranet/', request.url), 302);
    // a folder without its slash would make relative links lead astray
    if (files && rest.length === 1 && (await files.answer(request, `${rest.join('/')}/`)))
      return Response.redirect(new URL(`${path}/`, request.url), 302);
    return app.fetch(request, { address });
  };
};
