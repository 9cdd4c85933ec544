import { CrmError } from '@tessera-crm/model/errors.js';
import type { Access } from '../auth/access.ts';

/** The origins that the server trusts whichever token is used, such as a host's own pages. */
export type TrustedOrigins = ReadonlySet<string>;

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
};

/** Whether a page of the server itself is asking: behind a proxy only the host tells, not the scheme. */
export const isSameOrigin = (origin: string, headers: Headers, url: string): boolean => {
  const host = hostOf(origin);
  return host !== null && (host === headers.get('host') || host === new URL(url).host);
};

/**
 * Whether a page may use this token. Requests without an origin come from backends, or from the same origin.
 *
 * @throws {CrmError} `token-rejected` with the reason `origin`
 */
export const checkOrigin = (request: Request, { origins }: Access, trusted: TrustedOrigins): void => {
  const origin = request.headers.get('origin');
  if (origin === null || origins.includes(origin)) return;
  // a token that names its origins is for those only
  if (origins.length === 0 && (trusted.has(origin) || isSameOrigin(origin, request.headers, request.url))) return;
  throw new CrmError('token-rejected', `This token is not for pages of ${origin}.`, { reason: 'origin' });
};
