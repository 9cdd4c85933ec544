import * as z from 'zod/mini';
import { languages } from '../codes/languages.ts';
import { fold } from '../fold.ts';
import { codeNamed, displayName } from '../format/display-names.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { keyed } from '../storage.ts';
import { once } from '../structured.ts';

export interface LanguageOptions extends FieldOptions {
  readonly default?: string;
}

const maxLength = 35;

/** `IT-it` → `it-IT`; null when it is no tag. */
const canonical = (text: string): string | null => {
  if (text.length > maxLength || !/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(text)) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
};

const schema = /* @__PURE__ */ once(() =>
  z.pipe(
    z.string().check(z.refine((text) => canonical(text) !== null, { error: 'language' })),
    z.transform((text) => canonical(text) ?? text),
  ),
);

export const languageKind: Kind<string, LanguageOptions, 'text'> = {
  name: 'language',
  domain: 'text',
  schema: () => schema(),
  parse: (text) => {
    const typed = text.trim();
    if (typed === '') return parsed<string>(null);
    const tag = canonical(typed.replaceAll('_', '-')) ?? codeNamed(typed, 'language', languages);
    return tag === undefined ? refused('language') : parsed(tag);
  },
  toText: (value) => value,
  format: (value, _options, display) => displayName(value, 'language', display.locale),
  key: (value) => fold(value),
  storage: () => keyed('text', fold),
  control: () => ({ as: 'choice', options: languages }),
  random: (random) => random.pick([...languages, 'it-CH', 'en-GB', 'pt-BR', 'zh-Hant-TW']),
};

/** A language by its BCP 47 tag: `it`, `pt-BR`. */
export const language = <const O extends LanguageOptions>(options: O = {} as O): Field<string, PresenceOf<O>, 'text'> =>
  field(languageKind, options);
