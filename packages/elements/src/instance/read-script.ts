import type { Appearance } from './appearance.ts';
import type { CrmOptions, GetToken } from './options.ts';
import { tokenFrom } from './token-from.ts';

const themes = ['inherit', 'auto', 'light', 'dark'] as const;

const isTheme = (text: string | undefined): text is NonNullable<Appearance['theme']> =>
  themes.includes(text as (typeof themes)[number]);

/** The options that a script tag names by its `data-` attributes; without `data-backend` the page's own origin. */
export const readScript = ({ dataset }: HTMLScriptElement): CrmOptions => {
  const { backend = '', prefix, locale, timeZone, currency, theme, user, token, tokenUrl } = dataset;
  const getToken = tokenUrl === undefined ? fixedToken(token) : tokenFrom(tokenUrl);
  return {
    backends: backend,
    ...(getToken && { getToken }),
    ...(prefix && { prefix }),
    ...(locale && { locale }),
    ...(timeZone && { timeZone }),
    ...(currency && { currency }),
    ...(user && { identity: user }),
    ...(isTheme(theme) && { appearance: { theme } }),
  };
};

/** A session token that the page's server wrote into the page; when it has ended, the page has to be loaded again. */
const fixedToken = (token: string | undefined): GetToken | undefined => {
  if (token === undefined) return undefined;
  return ({ reason }) =>
    reason === 'initial'
      ? Promise.resolve({ token, expiresIn: Infinity })
      : Promise.reject(new Error('The token ended.'));
};
