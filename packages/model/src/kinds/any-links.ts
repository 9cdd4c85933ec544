import * as z from 'zod/mini';
import { fold } from '../fold.ts';
import { field, parsed, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { listed } from '../storage.ts';
import { checked } from '../structured.ts';
import { splitList } from '../tidy.ts';
import { anyLinkKind, anyLinkSchema, linkText, readLinkText, type AnyLink, type AnyLinkOptions } from './any-link.ts';

const maxLinks = 1000;

const unite = (links: readonly AnyLink[]): readonly AnyLink[] => [
  ...new Map(links.map((link) => [linkText(link), link])).values(),
];

const schema = (options: AnyLinkOptions): z.ZodMiniType<readonly AnyLink[]> =>
  z.pipe(
    z
      .array(anyLinkSchema(options))
      .check(z.minLength(1, { error: 'blank' }), z.maxLength(maxLinks, { error: 'too-many' })),
    z.transform((links) => unite(links)),
  );

const keys = (value: readonly AnyLink[]): readonly string[] => value.map((link) => fold(linkText(link)));

export const anyLinksKind: Kind<readonly AnyLink[], AnyLinkOptions, 'list'> = {
  name: 'anyLinks',
  domain: 'list',
  merge: 'set',
  schema,
  parse: (text, options) => {
    const links = splitList(text).map(readLinkText);
    return links.length === 0 ? parsed<readonly AnyLink[]>(null) : checked(schema(options), links);
  },
  toText: (value) => value.map(linkText).join(', '),
  format: (value) => value.map(linkText).join(', '),
  key: keys,
  storage: () => listed(keys),
  control: ({ to }) => ({ as: 'link', to: to === 'any' ? [] : to, many: true }),
  random: (random, options) =>
    unite(Array.from({ length: random.integer(1, 3) }, () => anyLinkKind.random(random, options))),
};

/** Any number of records of any of several modules; none at all is null. */
export const anyLinks = <const M extends string, const O extends AnyLinkOptions<M>>(
  options: O & AnyLinkOptions<M>,
): Field<readonly AnyLink<M>[], PresenceOf<O>, 'list'> =>
  field(anyLinksKind, options) as unknown as Field<readonly AnyLink<M>[], PresenceOf<O>, 'list'>;
