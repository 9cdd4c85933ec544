import * as z from 'zod/mini';
import { uuid7, isId, type Id } from '../id.ts';
import { field, parsed, refused, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';

export interface LinkOptions extends FieldOptions {
  /** The module it points to. */
  readonly to: string;
  /**
   * What becomes of this record when the other is deleted: it goes along (`cascade`), forbids it (`restrict`),
   * forgets it (`detach`), or keeps pointing to what was (`keep`).
   */
  readonly onDelete?: 'cascade' | 'restrict' | 'detach' | 'keep';
  /** With `restrict`: only while this record matches the filter, such as a deal that is open. */
  readonly restrictWhile?: Readonly<Record<string, unknown>>;
  /** With `detach`: likewise; else it keeps pointing to what was. */
  readonly detachWhile?: Readonly<Record<string, unknown>>;
}

export const linkKind: Kind<string, LinkOptions, 'link'> = {
  name: 'link',
  domain: 'link',
  schema: () => z.string().check(z.refine(isId, { error: 'id' })),
  parse: (text) => {
    const value = text.trim().toLowerCase();
    if (value === '') return parsed(null);
    return isId(value) ? parsed<string>(value) : refused('id');
  },
  toText: (value) => value,
  format: (value) => value,
  key: (value) => value,
  storage: () => plain('id'),
  control: ({ to }) => ({ as: 'link', to: [to], many: false }),
  random: (random) =>
    uuid7(
      random.integer(0, 2 ** 31),
      Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
    ),
};

/** One record of another module. */
export const link = <const M extends string, const O extends Omit<LinkOptions, 'to'>>(
  to: M,
  options: O = {} as O,
): Field<Id<M>, PresenceOf<O>, 'link'> =>
  field(linkKind, { ...options, to }) as unknown as Field<Id<M>, PresenceOf<O>, 'link'>;
