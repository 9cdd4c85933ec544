/** Intl formatters are slow to make and free to keep: one per locale and set of options. */
const kept = new Map<string, unknown>();

const keep = <T>(sort: string, locale: string, options: object, make: () => T): T => {
  const name = `${sort}|${locale}|${JSON.stringify(options)}`;
  let formatter = kept.get(name) as T | undefined;
  if (!formatter) kept.set(name, (formatter = make()));
  return formatter;
};

export const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  keep('number', locale, options, () => new Intl.NumberFormat(locale, options));

export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  keep('date', locale, options, () => new Intl.DateTimeFormat(locale, options));
