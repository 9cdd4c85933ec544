import type { Theme } from './appearance.ts';
import type { CrmOptions, GetToken } from './options.ts';

/** Options that have the name of their attribute. */
const sameNames = 'prefix locale timeZone currency tenant isolation density'.split(' ');

/** The options that a script tag names by its `data-` attributes; without `data-backend` the page's own origin. */
export const readScript = ({ dataset }: HTMLScriptElement): CrmOptions & { readonly getToken?: GetToken } => {
  const { backend = '', user, theme, token, tokenUrl } = dataset;
  const getToken = tokenUrl === undefined ? fixedToken(token) : lateTokens(tokenUrl);
  // As the page says: whoever follows them says what is none
  const given = Object.fromEntries(sameNames.filter((name) => dataset[name]).map((name) => [name, dataset[name]]));
  return {
    backends: backend,
    ...given,
    ...(getToken && { getToken }),
    ...(user && { identity: user }),
    ...(theme && { appearance: { theme: theme as Theme } }),
  };
};

/** As `tokenFrom`, whose code is there by the time somebody asks. */
const lateTokens =
  (url: string): GetToken =>
  async (request) =>
    (await import('./token-from.ts')).tokenFrom(url)(request);

/** A session token that the page's server wrote into the page; when it has ended, the page has to be loaded again. */
const fixedToken = (token: string | undefined): GetToken | undefined => {
  if (token === undefined) return undefined;
  // There is no other: whoever needs one has to sign in again
  return async ({ reason }) => (reason === 'initial' ? { token, expiresIn: Infinity } : null);
};
