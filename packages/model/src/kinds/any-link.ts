import * as z from 'zod/mini';
import { isId, type Id } from '../id.ts';
import { field, parsed, type Field, type FieldOptions, type Kind, type PresenceOf, type Storage } from '../kind.ts';
import { checked } from '../structured.ts';
import { linkKind } from './link.ts';

/** A record of whichever module. */
export interface AnyLink<M extends string = string> {
  readonly module: M;
  readonly id: Id<M>;
}

export interface AnyLinkOptions<M extends string = string> extends FieldOptions {
  /** The modules it may point to. */
  readonly to: readonly M[] | 'any';
  readonly onDelete?: 'restrict' | 'detach' | 'keep' | 'cascade';
}

const maxModule = 64;

/** `<module>:<uuid>`: how a link is stored, compared and exported. */
export const linkText = ({ module, id }: AnyLink): string => `${module}:${id}`;

/** The parts of such a text; whether they are right is for the schema to say. */
export const readLinkText = (text: string): AnyLink => {
  const colon = text.indexOf(':');
  return { module: text.slice(0, Math.max(0, colon)), id: text.slice(colon + 1) as Id };
};

export const anyLinkSchema = ({ to }: AnyLinkOptions): z.ZodMiniType<AnyLink> =>
  z.strictObject({
    module: z.string().check(
      z.maxLength(maxModule, { error: 'too-long' }),
      z.refine((module) => (to === 'any' ? /^[a-z][A-Za-z0-9_]*$/.test(module) : to.includes(module)), {
        error: 'module',
      }),
    ),
    id: z.custom<Id>(isId, { error: 'id' }),
  });

const storage: Storage<AnyLink> = {
  columns: [{ suffix: '', type: 'text' }],
  compared: 0,
  write: (value) => [linkText(value)],
  read: ([cell]) => readLinkText(cell as string),
};

export const anyLinkKind: Kind<AnyLink, AnyLinkOptions, 'link'> = {
  name: 'anyLink',
  domain: 'link',
  schema: anyLinkSchema,
  parse: (text, options) =>
    text.trim() === '' ? parsed<AnyLink>(null) : checked(anyLinkSchema(options), readLinkText(text.trim())),
  toText: linkText,
  format: linkText,
  key: linkText,
  storage: () => storage,
  control: ({ to }) => ({ as: 'link', to: to === 'any' ? [] : to, many: false }),
  random: (random, { to }) => {
    const module = random.pick(to === 'any' ? ['accounts', 'contacts', 'salesOrders'] : to);
    return { module, id: linkKind.random(random, { to: module }) as Id };
  },
};

/** One record of any of several modules. */
export const anyLink = <const M extends string, const O extends AnyLinkOptions<M>>(
  options: O & AnyLinkOptions<M>,
): Field<AnyLink<M>, PresenceOf<O>, 'link'> =>
  field(anyLinkKind, options) as unknown as Field<AnyLink<M>, PresenceOf<O>, 'link'>;
