import { tidy } from '../tidy.ts';

/** What could be made of a telephone number. */
export interface PhoneReading {
  /** E.164 when `valid`, else the text as it was typed. */
  readonly value: string;
  readonly extension: string | null;
  /** ISO 3166-1 alpha-2 where it is known without a table of all countries' dial codes. */
  readonly country: string | null;
  readonly valid: boolean;
}

const extensionMark = /(?:;\s*ext=|[\s,]*(?:ext|interno|int|x|#)\.?\s*)(\d{1,8})$/i;

/** What may stand between digits. */
const separators = /[\s().\-/\u2010-\u2015]/g;

/**
 * Numbers within Italy: fixed lines keep their leading 0, mobiles have none, service numbers begin with 1, 5 or 8.
 * @see Piano nazionale di numerazione, delibera 8/15/CIR
 */
const italian = /^(?:0\d{5,10}|3\d{8,9}|80[03]\d{3,6}|(?:84[0-8]|89\d|1[4-9]\d)\d{3,7}|55\d{6,8})$/;

const readItalian = (digits: string): string | null => {
  if (italian.test(digits)) return `+39${digits}`;
  // 39 333 1234567 without its plus; ten digits would have been a mobile of the 39x range
  return /^39(?:0\d{5,10}|3\d{8,9})$/.test(digits) ? `+${digits}` : null;
};

/** @param typed - Begins with `+` or `00`. */
const readInternational = (typed: string): string | null => {
  const abroad = typed.replace(/^00/, '+');
  const keepsZero = /^\+\s*39/.test(abroad);
  const digits = (keepsZero ? abroad : abroad.replace('(0)', '')).replaceAll(separators, '').slice(1);
  if (digits.startsWith('39')) return italian.test(digits.slice(2)) ? `+${digits}` : null;
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
};

/**
 * Reads a telephone number as people write it.
 *
 * @param country - For numbers without a country code, ISO 3166-1 alpha-2; only Italy's rules are known here.
 */
export const readPhone = (text: string, country: string | null): PhoneReading => {
  const typed = tidy(text);
  const extension = extensionMark.exec(typed)?.[1] ?? null;
  const number = extension === null ? typed : typed.replace(extensionMark, '');
  const abroad = /^(?:\+|00)/.test(number);
  const digits = number.replaceAll(separators, '');
  const value = abroad ? readInternational(number) : country === 'IT' ? readItalian(digits) : null;
  if (value !== null) return { value, extension, country: value.startsWith('+39') ? 'IT' : null, valid: true };
  return {
    value: !abroad && /^\d+$/.test(digits) ? digits : number,
    extension,
    country: abroad ? null : country,
    valid: false,
  };
};

/** At least a short number such as 112: less is no telephone number at all. */
export const hasPhoneDigits = (text: string): boolean => (text.match(/\d/g)?.length ?? 0) >= 3;
