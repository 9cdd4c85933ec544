import { CrmError } from '@tessera-crm/model/errors.js';
import type { Access } from '../auth/access.ts';
import { noOrigin } from '../auth/keyring.ts';

/** The origins that the server trusts whichever token is used, such as a host's own pages. */
export type TrustedOrigins = ReadonlySet<string>;

/**
 * @param isSandboxTrusted - Whether pages without an origin count among them.
 * @throws {CrmError} `config` when that is said as if it were one
 */
export const trustedOrigins = (origins: readonly string[], isSandboxTrusted: boolean): TrustedOrigins => {
  if (origins.includes(noOrigin))
    throw new CrmError('config', 'Pages without an origin are let in by `sandboxed` or TESSERA_SANDBOXED=1.');
  return new Set(isSandboxTrusted ? [...origins, noOrigin] : origins);
};

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
 * Whether a page may use this token. Requests that say nothing of an origin come from backends, or from the same one.
 *
 * @throws {CrmError} `token-rejected` with the reason `origin`
 */
export const checkOrigin = (request: Request, { origins }: Access, trusted: TrustedOrigins): void => {
  const origin = request.headers.get('origin');
  if (origin === null) return;
  if (origins.includes(origin) && (origin !== noOrigin || trusted.has(noOrigin))) return;
  // a token that names its origins is for those only
  if (origins.length === 0 && (trusted.has(origin) || isSameOrigin(origin, request.headers, request.url))) return;
  throw new CrmError('token-rejected', `This token is not for pages of ${origin}.`, { reason: 'origin' });
};
