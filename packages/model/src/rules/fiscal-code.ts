import { fold } from '../fold.ts';
import { isPartitaIva } from './fiscal.ts';

/** January to December. */
const months = 'ABCDEHLMPRST';

/** What stands for the digits 0 to 9 where two people would have the same code. */
const substitutes = 'LMNPQRSTUV';

/** The places, from 0, of digits that a substitute may stand for. */
const digitPlaces: readonly number[] = [6, 7, 9, 10, 12, 13, 14];

/** The worth of 0 to 9 and of A to Z at odd places, counted from 1; at even places each is worth its number. */
// prettier-ignore
const oddValues: readonly number[] = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

const shape = /^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/;

const longestMonths: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The letter that checks the 15 before it. @see Ministerial Decree of 12 March 1974 and of 23 December 1976 */
const checkLetter = (start: string): string => {
  const value = (letter: string): number => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65);
  const sum = Array.from(start, (letter, index) => (index % 2 === 0 ? oddValues[value(letter)]! : value(letter)));
  return String.fromCharCode(65 + (sum.reduce((total, worth) => total + worth, 0) % 26));
};

/** Digits where they belong; substitutes elsewhere are just letters. */
const withDigits = (start: string): string =>
  Array.from(start, (letter, index) => {
    const digit = digitPlaces.includes(index) ? substitutes.indexOf(letter) : -1;
    return digit < 0 ? letter : String(digit);
  }).join('');

/**
 * The code of a person as it was before substitutes made it unique: what codes are compared by.
 * `RSSMRA85T10A56NH` gives `RSSMRA85T10A562S`.
 *
 * @param code - Valid, in capitals; that of an entity, 11 digits, stays as it is.
 */
export const plainCodiceFiscale = (code: string): string => {
  if (code.length !== 16) return code;
  const start = withDigits(code.slice(0, 15));
  return start + checkLetter(start);
};

/** Women's days count 40 more; any year may be a leap year, since its century is not known. */
const hasBirthday = (code: string): boolean => {
  const number = Number(withDigits(code.slice(0, 15)).slice(9, 11));
  const day = number > 40 ? number - 40 : number;
  return day >= 1 && day <= longestMonths[months.indexOf(code[8]!)]!;
};

/**
 * Whether this is a codice fiscale: 16 characters of a person, also with substitutes for digits, or the 11 digits of an
 * entity.
 *
 * @param code - In capitals, without blanks.
 */
export const isCodiceFiscale = (code: string): boolean =>
  isPartitaIva(code) || (shape.test(code) && checkLetter(code.slice(0, 15)) === code[15] && hasBirthday(code));

/** What a codice fiscale is made of. */
export interface Birth {
  readonly firstName: string;
  readonly lastName: string;
  /** `YYYY-MM-DD`. */
  readonly birthday: string;
  readonly sex: 'F' | 'M';
  /** The code of the municipality or foreign state, `F205` for Milan. */
  readonly place: string;
}

const lettersOf = (name: string): string =>
  fold(name)
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');

const consonantsOf = (letters: string): string => letters.replaceAll(/[AEIOU]/g, '');

/** Three letters: consonants first, then vowels, then X. */
const three = (letters: string, consonants: string): string =>
  (consonants + letters.replaceAll(/[^AEIOU]/g, '')).padEnd(3, 'X').slice(0, 3);

/** Of four consonants or more in a first name the second is left out. */
const firstThree = (letters: string): string => {
  const consonants = consonantsOf(letters);
  return three(letters, consonants.length > 3 ? consonants[0]! + consonants.slice(2) : consonants);
};

/** The codice fiscale that a person should have; the real one may have substitutes. */
export const codiceFiscaleOf = ({ firstName, lastName, birthday, sex, place }: Birth): string => {
  const last = lettersOf(lastName);
  const day = Number(birthday.slice(8)) + (sex === 'F' ? 40 : 0);
  const month = months[Number(birthday.slice(5, 7)) - 1]!;
  const names = three(last, consonantsOf(last)) + firstThree(lettersOf(firstName));
  const start = `${names}${birthday.slice(2, 4)}${month}${String(day).padStart(2, '0')}${place}`;
  return start + checkLetter(start);
};
