import { Hono } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX, compress } from 'hono/compress';

/** @param address - Whose request it is. */
export type Answer = (request: Request, address: string) => Promise<Response>;

/** Lines of JSON are long, and whoever reads them waits for none in particular. */
const contentTypeFilter = (type: string): boolean =>
  type.startsWith('application/x-ndjson') || COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type);

/** The same answers, compressed for those who take them so: all but short ones, pictures and streams of events. */
export const compressed = (answer: Answer): Answer => {
  const hono = new Hono<{ Bindings: { readonly address: string } }>()
    .use(compress({ encoding: 'gzip', contentTypeFilter }))
    .all('*', async ({ req, env }) => answer(req.raw, env.address));
  return async (request, address) =>
    request.headers.has('accept-encoding') ? hono.fetch(request, { address }) : answer(request, address);
};
