import { CrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { GetToken } from './options.ts';

/**
 * Gets tokens by a POST to an address of the page's own server, as whoever the page's cookies say.
 *
 * It is sent `{ reason, backend, scope }`. Its answer is `{ token, expiresIn }`; 401 or 403 say that nobody is signed in.
 */
export const tokenFrom =
  (url: string): GetToken =>
  async ({ reason, backend, scope, signal }) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: plainJson({ reason, backend, scope }), signal };
    const [status, text] = await ask(url, init);
    if (status === 401 || status === 403) throw new CrmError('auth-required', 'Nobody is signed in.');
    const { token, expiresIn } = parse(text);
    if (status < 300 && typeof token === 'string' && typeof expiresIn === 'number') return { token, expiresIn };
    throw new CrmError('unavailable', `No token: ${status}`);
  };

/** Wants little of `fetch`, because a page may have wrapped it, and of the answer, which may be a look-alike. */
const ask = async (url: string, init: RequestInit): Promise<readonly [status: number, text: string]> => {
  try {
    const answer = await fetch(url, init);
    return [answer.status, await answer.text()];
  } catch (cause) {
    throw new CrmError('network', 'The server of the page cannot be reached.', {}, cause);
  }
};

const parse = (text: string): { readonly token?: unknown; readonly expiresIn?: unknown } => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};
