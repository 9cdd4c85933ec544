import { fold } from '../fold.ts';

type Sort = 'region' | 'language' | 'currency';

const kept = new Map<string, Intl.DisplayNames>();

/** What a country, language or currency is called in a language; the code itself where nobody knows. */
export const displayName = (code: string, sort: Sort, locale: string): string => {
  const id = `${sort}|${locale}`;
  let names = kept.get(id);
  if (!names) kept.set(id, (names = new Intl.DisplayNames(locale, { type: sort, fallback: 'code' })));
  return names.of(code) ?? code;
};

const read = new Map<Sort, ReadonlyMap<string, string>>();

/** The code that a text names, in any of the languages of the house: `Germania`, `Germany` and `Deutschland` are DE. */
export const codeNamed = (text: string, sort: Sort, codes: readonly string[]): string | undefined => {
  let names = read.get(sort);
  if (!names) {
    const pairs = ['fr', 'es', 'de', 'en', 'it'].flatMap((locale) =>
      codes.map((code) => [fold(displayName(code, sort, locale)), code] as const),
    );
    read.set(sort, (names = new Map(pairs)));
  }
  return names.get(fold(text.trim()));
};
