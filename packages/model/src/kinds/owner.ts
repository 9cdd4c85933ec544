import * as z from 'zod/mini';
import { isId, type Id } from '../id.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type PresenceOf, type Storage } from '../kind.ts';
import { checked, once } from '../structured.ts';
import { linkKind } from './link.ts';

/** Who answers for a record: a user, or a group whose members share it. */
export type Owner =
  { readonly type: 'user'; readonly id: Id<'users'> } | { readonly type: 'group'; readonly id: Id<'groups'> };

export interface OwnerOptions extends FieldOptions {
  readonly default?: Owner;
}

const schema = /* @__PURE__ */ once(
  () =>
    z.strictObject({
      type: z.enum(['user', 'group'], { error: 'option' }),
      id: z.string().check(z.refine(isId, { error: 'id' })),
      // The two shapes of Owner differ in the brand of the id only
    }) as unknown as z.ZodMiniType<Owner>,
);

/** `user:<uuid>` or `group:<uuid>`. */
const toText = ({ type, id }: Owner): string => `${type}:${id}`;

const read = (text: string): Owner => {
  const [type, id] = text.split(':');
  return { type, id } as Owner;
};

const storage: Storage<Owner> = {
  columns: [{ suffix: '', type: 'text' }],
  compared: 0,
  write: (value) => [toText(value)],
  read: ([cell]) => read(cell as string),
};

export const ownerKind: Kind<Owner, OwnerOptions, 'link'> = {
  name: 'owner',
  domain: 'link',
  merge: 'ask',
  schema: () => schema(),
  parse: (text) => (text.trim() === '' ? parsed<Owner>(null) : checked(schema(), read(text.trim().toLowerCase()))),
  toText,
  format: toText,
  key: toText,
  storage: () => storage,
  control: () => ({ as: 'link', to: ['users', 'groups'], many: false }),
  random: (random) => ({ type: random.pick(['user', 'group']), id: linkKind.random(random, { to: 'users' }) }) as Owner,
};

/** The user or group that a record belongs to. */
export const owner = <const O extends OwnerOptions>(options: O = {} as O): Field<Owner, PresenceOf<O>, 'link'> =>
  field(ownerKind, options);
