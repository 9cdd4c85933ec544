import { whenIdle } from '../data/when-idle.ts';
import { above } from './above.ts';

/** The locale as the browser spells it; undefined for what is none. */
const readLocale = (text: string | null | undefined): string | undefined => {
  if (!text) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
};

/** The language of an element: its nearest `lang`, then what the instance says, then the browser's. */
export const localeOf = (element: Element, preferred: string | undefined): string => {
  const lang = above(element)
    .find((one) => one.hasAttribute('lang'))
    ?.getAttribute('lang');
  return readLocale(lang) ?? readLocale(preferred) ?? readLocale(navigator.language) ?? 'en';
};

let ownTimeZone: string | undefined;

/** IANA name. Asked once: making a formatter only to look at its zone takes a while. */
export const browserTimeZone = (): string => (ownTimeZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Has the browser make its first formatter, which takes it tens of milliseconds, while data are on their way. */
export const startFormats = (): void => whenIdle(browserTimeZone);
