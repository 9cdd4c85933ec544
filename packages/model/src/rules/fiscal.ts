/**
 * The Luhn sum of an Italian VAT number: digits at even places count double, less 9 when that has two digits.
 *
 * @see Ministerial Decree of 23 December 1976
 */
const luhnSum = (digits: string): number =>
  Array.from(digits, (digit, index) =>
    index % 2 === 0 ? Number(digit) : Number(digit) * 2 - (Number(digit) > 4 ? 9 : 0),
  ).reduce((sum, value) => sum + value, 0);

/** Whether these are the 11 digits of a Partita IVA with the right check digit, without `IT`. Zeros alone are none. */
export const isPartitaIva = (digits: string): boolean =>
  /^\d{11}$/.test(digits) && Number(digits) !== 0 && luhnSum(digits) % 10 === 0;

/** How long the IBANs of the SEPA countries are. @see SWIFT IBAN registry */
// prettier-ignore
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GI: 23, GR: 27, HR: 21, HU: 28,
  IE: 22, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, SM: 27, VA: 22,
};

/** As machines write it: without blanks, in capitals. */
export const tidyIban = (iban: string): string => iban.replaceAll(/[\s-]/g, '').toUpperCase();

/**
 * Whether an IBAN is well formed, as long as its country wants it, and leaves 1 divided by 97.
 *
 * @param iban - As `tidyIban` gives it.
 * @see ISO 13616
 */
export const isIban = (iban: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  if (iban.length !== (ibanLengths[iban.slice(0, 2)] ?? iban.length)) return false;
  // Letters count from A = 10, as in base 36; the country and its check digits go to the end
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (letter) => Number.parseInt(letter, 36)).join('');
  return BigInt(digits) % 97n === 1n;
};

/**
 * Whether electronic invoices can be addressed to this code: 7 letters or digits, 6 for public bodies.
 *
 * @param code - In capitals.
 * @see Agenzia delle Entrate, FatturaPA 1.2.2, CodiceDestinatario
 */
export const isSdiCode = (code: string): boolean => /^[A-Z0-9]{6,7}$/.test(code);

/** Whether this is the code of a public body, whose invoices are in the format of those. */
export const isPublicSdiCode = (code: string): boolean => isSdiCode(code) && code.length === 6;
