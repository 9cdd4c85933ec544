import { CrmError } from '@tessera-crm/model/errors.js';
import type { GetToken } from './options.ts';

/**
 * Gets tokens by a POST to an address of the page's own server, as whoever the page's cookies say.
 *
 * It is sent `{ reason, backend, scope }`. Its answer is `{ token, expiresIn }`; 401 or 403 say that nobody is signed in.
 */
export const tokenFrom =
  (url: string): GetToken =>
  async ({ reason, backend, scope, signal }) => {
    const request = {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ reason, backend, scope }),
      signal,
    };
    const answer = await fetch(url, request).catch((cause: unknown) => {
      throw new CrmError('network', 'The server of the page cannot be reached.', {}, cause);
    });
    if (answer.status === 401 || answer.status === 403) throw new CrmError('auth-required', 'Nobody is signed in.');
    const given: unknown = answer.ok ? await answer.json().catch(() => null) : null;
    if (!isToken(given)) throw new CrmError('unavailable', `No token: ${answer.status}`);
    return given;
  };

const isToken = (given: unknown): given is { token: string; expiresIn: number } => {
  const { token, expiresIn } = (given ?? {}) as { token?: unknown; expiresIn?: unknown };
  return typeof token === 'string' && typeof expiresIn === 'number';
};
