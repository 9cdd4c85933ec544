import type { Theme } from './appearance.ts';
import type { CrmOptions, GetToken } from './options.ts';

/** The options that a script tag names by its `data-` attributes; without `data-backend` the page's own origin. */
export const readScript = ({ dataset }: HTMLScriptElement): CrmOptions & { readonly getToken?: GetToken } => {
  const {
    backend = '',
    prefix,
    locale,
    timeZone,
    currency,
    theme,
    isolation,
    density,
    user,
    tenant,
    token,
    tokenUrl,
  } = dataset;
  const getToken = tokenUrl === undefined ? fixedToken(token) : lateTokens(tokenUrl);
  return {
    backends: backend,
    ...(getToken && { getToken }),
    ...given({ prefix, locale, timeZone, currency, identity: user, tenant }),
    // As the page says: whoever follows them says what is none
    ...(given({ isolation, density }) as Pick<CrmOptions, 'isolation' | 'density'>),
    ...(theme && { appearance: { theme: theme as Theme } }),
  };
};

/** As `tokenFrom`, whose code is there by the time somebody asks. */
const lateTokens =
  (url: string): GetToken =>
  async (request) => {
    const { tokenFrom } = await import('./token-from.ts');
    return tokenFrom(url)(request);
  };

/** A session token that the page's server wrote into the page; when it has ended, the page has to be loaded again. */
const fixedToken = (token: string | undefined): GetToken | undefined => {
  if (token === undefined) return undefined;
  return async ({ reason }) => {
    // There is no other: whoever needs one has to sign in again
    return reason === 'initial' ? { token, expiresIn: Infinity } : null;
  };
};

type Given<T> = { readonly [Name in keyof T]?: string };

/** Without what is empty or was not said. */
const given = <T extends Readonly<Record<string, string | undefined>>>(texts: T): Given<T> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) as Given<T>;
