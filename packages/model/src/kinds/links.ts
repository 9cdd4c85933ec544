import * as z from 'zod/mini';
import { isId, type Id } from '../id.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { listed } from '../storage.ts';
import { linkKind } from './link.ts';

export interface LinksOptions extends FieldOptions {
  /** The module they point to. */
  readonly to: string;
  /** As of a single link; `cascade` makes no sense for many. */
  readonly onDelete?: 'restrict' | 'detach' | 'keep';
}

const maxLinks = 1000;

const keys = (value: readonly string[]): readonly string[] => value;

export const linksKind: Kind<readonly string[], LinksOptions, 'list'> = {
  name: 'links',
  domain: 'list',
  merge: 'set',
  schema: () =>
    z.pipe(
      z
        .array(z.string().check(z.refine(isId, { error: 'id' })))
        .check(z.minLength(1, { error: 'blank' }), z.maxLength(maxLinks, { error: 'too-many' })),
      z.transform((ids): readonly string[] => [...new Set(ids)]),
    ),
  parse: (text) => {
    const ids = text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((id) => id !== '');
    if (ids.length === 0) return parsed<readonly string[]>(null);
    if (ids.length > maxLinks) return refused('too-many', { max: maxLinks });
    return ids.every(isId) ? parsed<readonly string[]>([...new Set(ids)]) : refused('id');
  },
  toText: (value) => value.join(', '),
  format: (value) => value.join(', '),
  key: keys,
  storage: () => listed(keys),
  control: ({ to }) => ({ as: 'link', to: [to], many: true }),
  random: (random, { to }) => Array.from({ length: random.integer(1, 3) }, () => linkKind.random(random, { to })),
};

/** Any number of records of another module; none at all is null. */
export const links = <const M extends string, const O extends Omit<LinksOptions, 'to'>>(
  to: M,
  options: O = {} as O,
): Field<readonly Id<M>[], PresenceOf<O>, 'list'> =>
  field(linksKind, { ...options, to }) as unknown as Field<readonly Id<M>[], PresenceOf<O>, 'list'>;
