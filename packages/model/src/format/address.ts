import type { Address } from '../kinds/address.ts';
import { displayName } from './display-names.ts';

export type AddressParts = Omit<Address, 'formatted' | 'quality' | 'geo'>;

const join = (parts: readonly (string | null)[], between: string): string =>
  parts.filter((part) => part !== null && part !== '').join(between);

/** The country a reader of this language is at home in, for leaving it out. */
const homeOf = (locale: string): string | undefined => new Intl.Locale(locale).maximize().region;

/**
 * An address in one line: `Via Roma 1, 20025 Legnano (MI)`.
 *
 * @param locale - The reader's, whose own country is left out; null gives the form that is stored, with country codes
 *   instead of names and none for Italy, the same on every machine.
 */
export const formatAddress = (address: AddressParts, locale: string | null): string => {
  const { line1, line2, number, postalCode, city, province, country } = address;
  const italian = country === 'IT' || country === null;
  const town = italian
    ? join([postalCode, city, province === null ? null : `(${province})`], ' ')
    : join([city, province, postalCode], ' ');
  const home = locale === null ? 'IT' : homeOf(locale);
  const land =
    country === null || country === home ? null : locale === null ? country : displayName(country, 'region', locale);
  return join([join([line1, number], ' '), line2, town, land], ', ');
};
