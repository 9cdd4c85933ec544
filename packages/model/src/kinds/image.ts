import type { Id } from '../id.ts';
import { field, type Field, type Kind, type PresenceOf } from '../kind.ts';
import { documents, fileKind, type FileOptions } from './file.ts';

export const imageKind: Kind<string, FileOptions, 'link'> = {
  ...fileKind,
  name: 'image',
  control: ({ accept = 'image/*' }) => ({ as: 'file', many: false, accept }),
};

/** One document that is a picture. */
export const image = <const O extends FileOptions>(
  options: O = {} as O,
): Field<Id<'documents'>, PresenceOf<O>, 'link'> =>
  field(imageKind, { ...options, to: documents }) as unknown as Field<Id<'documents'>, PresenceOf<O>, 'link'>;
