import type { Context } from 'hono';
import type { Keyring } from '../auth/keyring.ts';
import { isSameOrigin, type TrustedOrigins } from './origins.ts';

const methods = 'GET, POST, PATCH, DELETE';

const requestHeaders = 'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID';

/** Seconds for which browsers keep the answer: registrations change, so not for long. */
const keptFor = '600';

/** Answers whether pages of an origin may ask at all; which token may be used there is looked at with the request. */
export const preflight = async (
  context: Context,
  keyring: Pick<Keyring, 'knowsOrigin'>,
  trusted: TrustedOrigins,
): Promise<Response> => {
  const { headers, url } = context.req.raw;
  const origin = headers.get('origin');
  const vary = { vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' };
  if (origin === null || origin.length > 300) return new Response(null, { status: 204, headers: vary });
  const isKnown = trusted.has(origin) || isSameOrigin(origin, headers, url) || (await keyring.knowsOrigin(origin));
  const allowed = {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': requestHeaders,
    'access-control-max-age': keptFor,
  };
  return new Response(null, { status: 204, headers: isKnown ? { ...vary, ...allowed } : vary });
};
