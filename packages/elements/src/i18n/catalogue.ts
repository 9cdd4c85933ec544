/** A sentence for people, with `{name}` where facts go; with several forms where the language asks for the number. */
export type Message = string | ({ readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string });

export type Messages = Readonly<Record<string, Message>>;

/** The same keys in another language. */
export type Translated<M> = { readonly [Key in keyof M]: Message };

/** The English sentences in the bundle, and where those of other languages are fetched from. */
export interface Catalogue {
  readonly messages: Messages;
  readonly translations: Translations;
}

export type Translations = Readonly<Record<string, () => Promise<{ readonly messages: Messages }>>>;

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type Texts<M> = M extends string ? M : M[keyof M];

/** The facts that a sentence names. */
export type FactsOf<M> = [Names<Texts<M>>] extends [never]
  ? [facts?: Facts]
  : [facts: { readonly [Name in Names<Texts<M>>]: string | number }];

export type Facts = Readonly<Record<string, string | number>>;

const fetched = new Map<() => Promise<unknown>, Messages>();

/** The language of a locale: `it` of `it-CH`. */
const languageOf = (locale: string): string => locale.split('-')[0]!.toLowerCase();

/**
 * The sentences of several catalogues together, in the language of a locale, English where that has none.
 *
 * @returns At once when nothing has to be fetched first.
 */
export const textsOf = (catalogues: readonly Catalogue[], locale: string): Messages | Promise<Messages> => {
  const language = languageOf(locale);
  const missing = catalogues
    .flatMap(({ translations }) => translations[language] ?? [])
    .filter((one) => !fetched.has(one));
  const together = (): Messages =>
    Object.assign(
      {},
      ...catalogues.flatMap(({ messages, translations }) => [messages, fetched.get(translations[language]!) ?? {}]),
    ) as Messages;
  if (missing.length === 0) return together();
  return Promise.all(missing.map((one) => one().then(({ messages }) => fetched.set(one, messages)))).then(together);
};

const rightToLeft = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** A sentence that keeps its full stop at its end, also as English in a text that runs the other way: nobody sees how. */
export const isolated = (text: string, locale: string): string =>
  text && rightToLeft.test(locale) ? `\u2068${text}\u2069` : text;

const plurals = new Map<string, Intl.PluralRules>();

const pluralRules = (locale: string): Intl.PluralRules => {
  let rules = plurals.get(locale);
  if (!rules) plurals.set(locale, (rules = new Intl.PluralRules(locale)));
  return rules;
};

/** A message with its facts filled in; the fact `count` chooses the form. */
export const sentence = (message: Message, facts: Facts, locale: string): string => {
  const text =
    typeof message === 'string'
      ? message
      : (message[pluralRules(locale).select(Number(facts['count'] ?? 0))] ?? message.other);
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const fact = facts[name];
    if (fact === undefined) return hole;
    return typeof fact === 'number' ? fact.toLocaleString(locale) : fact;
  });
};
