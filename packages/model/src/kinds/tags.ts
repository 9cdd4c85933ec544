import * as z from 'zod/mini';
import { storableText } from '../characters.ts';
import { fold } from '../fold.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type Parsed, type PresenceOf } from '../kind.ts';
import { listed } from '../storage.ts';
import { checked, once, readJson, shortest } from '../structured.ts';
import { splitList, tidy } from '../tidy.ts';

export interface TagsOptions extends FieldOptions {
  readonly default?: readonly string[];
}

const maxTags = 50;
const maxTag = 60;

/** The first spelling of each tag wins. */
const unite = (tags: readonly string[]): readonly string[] => {
  const united = new Map<string, string>();
  for (const tag of tags) if (!united.has(fold(tag))) united.set(fold(tag), tag);
  return [...united.values()];
};

const schema = /* @__PURE__ */ once(() =>
  z
    .pipe(
      z
        .array(storableText(maxTag, 1))
        .check(z.minLength(1, { error: 'blank' }), z.maxLength(maxTags, { error: 'too-many' })),
      z.transform((tags) => unite(tags.map(tidy))),
    )
    .check(z.refine((tags) => !tags.includes(''), { error: 'blank' })),
);

const parse = (text: string): Parsed<readonly string[]> => {
  const tags = readJson(text) ?? splitList(text);
  return Array.isArray(tags) && tags.length === 0 ? parsed<readonly string[]>(null) : checked(schema(), tags);
};

const keys = (value: readonly string[]): readonly string[] => value.map(fold);

export const tagsKind: Kind<readonly string[], TagsOptions, 'list'> = {
  name: 'tags',
  domain: 'list',
  merge: 'set',
  schema: () => schema(),
  parse,
  toText: (value) => shortest(value, value.join(', '), parse),
  format: (value) => value.join(', '),
  key: keys,
  storage: () => listed(keys),
  control: () => ({ as: 'choices', options: null }),
  random: (random) =>
    unite(
      Array.from({ length: random.integer(1, 4) }, () =>
        random.pick(['vip', 'Fiera 2026', 'città', 'a, b', 'CITTA', '😀']),
      ),
    ),
};

/** Words of one's own choosing; two spellings of the same word count once. */
export const tags = <const O extends TagsOptions>(
  options: O = {} as O,
): Field<readonly string[], PresenceOf<O>, 'list'> => field(tagsKind, options);
