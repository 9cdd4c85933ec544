import type { Id } from '../id.ts';
import { field, type Field, type FieldOptions, type Kind, type PresenceOf } from '../kind.ts';
import { plain } from '../storage.ts';
import { linkKind } from './link.ts';

export interface FileOptions extends FieldOptions {
  /** What may be chosen, as browsers' `accept` wants it: `image/*`, `.pdf,.docx`. */
  readonly accept?: string;
}

/** Every file is a record of this module. */
export const documents = 'documents';

export const fileKind: Kind<string, FileOptions, 'link'> = {
  name: 'file',
  domain: 'link',
  schema: () => linkKind.schema({ to: documents }),
  parse: (text, _options, reading) => linkKind.parse(text, { to: documents }, reading),
  toText: (value) => value,
  format: (value) => value,
  key: (value) => value,
  storage: () => plain('id'),
  control: ({ accept }) => ({ as: 'file', many: false, ...(accept === undefined ? {} : { accept }) }),
  random: (random) => linkKind.random(random, { to: documents }),
};

/** One document. */
export const file = <const O extends FileOptions>(
  options: O = {} as O,
): Field<Id<'documents'>, PresenceOf<O>, 'link'> =>
  field(fileKind, { ...options, to: documents }) as unknown as Field<Id<'documents'>, PresenceOf<O>, 'link'>;
