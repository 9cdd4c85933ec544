import type { Id } from '../id.ts';
import { field, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { documents, type FileOptions } from './file.ts';
import { linksKind } from './links.ts';

export const filesKind: Kind<readonly string[], FileOptions, 'list'> = {
  name: 'files',
  domain: 'list',
  merge: 'set',
  schema: () => linksKind.schema({ to: documents }),
  parse: (text, _options, reading) => linksKind.parse(text, { to: documents }, reading),
  toText: (value) => linksKind.toText(value, { to: documents }),
  format: (value) => value.join(', '),
  key: (value) => value,
  storage: () => linksKind.storage({ to: documents }),
  control: ({ accept }) => ({ as: 'file', many: true, ...(accept === undefined ? {} : { accept }) }),
  random: (random) => linksKind.random(random, { to: documents }),
};

/** Any number of documents; none at all is null. */
export const files = <const O extends FileOptions>(
  options: O = {} as O,
): Field<readonly Id<'documents'>[], PresenceOf<O>, 'list'> =>
  field(filesKind, { ...options, to: documents }) as unknown as Field<
    readonly Id<'documents'>[],
    PresenceOf<O>,
    'list'
  >;
