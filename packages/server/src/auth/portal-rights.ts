import type { Field } from '@tessera-crm/model/kind.js';
import type { Module, Portal } from '@tessera-crm/model/module.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { Rights } from './rights.ts';

export type Subject = Identity & { readonly type: 'subject' };

/** What a customer may do with a module at most: what its portal specification says, over records of their own and shared ones. */
export const portalRights = (module: Module, subject: Subject): Rights | null => {
  const { portal } = module;
  if (!portal) return null;
  return {
    ...commonRights(portal),
    where: ownWhere(module, portal, subject),
    forced: forcedValues(module, portal, subject),
  };
};

type CommonRights = Omit<Rights, 'where' | 'forced'>;

/** By specification: a thousand customers with a stream each share them. */
const common = new WeakMap<Portal, CommonRights>();

/** What is the same for all customers. */
const commonRights = (portal: Portal): CommonRights => {
  let rights = common.get(portal);
  if (!rights) common.set(portal, (rights = rightsOf(portal)));
  return rights;
};

const rightsOf = (portal: Portal): CommonRights => {
  const settled = new Set([...portal.own, ...(portal.visible === undefined ? [] : [portal.visible])]);
  const edit = (portal.edit ?? []).filter((field) => !settled.has(field));
  const allowed = {
    read: true,
    create: (portal.create?.length ?? 0) > 0,
    edit: edit.length > 0,
    delete: false,
    act: (portal.actions?.length ?? 0) > 0,
  };
  return {
    may: (doing) => allowed[doing],
    read: new Set(portal.read),
    create: new Set(portal.create),
    edit: new Set(edit),
    actions: new Set(portal.actions),
    history: false,
    bin: false,
  };
};

/** The records that belong to a customer, or to everybody, and are shown to them. */
const ownWhere = (module: Module, { own, shared, visible }: Portal, subject: Subject): Where => ({
  any: [
    ...own.flatMap((name): readonly Where[] => {
      if (name === 'id') return module.key === subject.module ? [{ id: { is: subject.id } }] : [];
      const link = module.fields[name];
      const held = link && linkTo(link, subject);
      return held === undefined ? [] : [{ [name]: { is: held.operand } }];
    }),
    ...(shared ? [shared] : []),
  ],
  ...(visible !== undefined && { [visible]: { is: true } }),
});

/** How this link, or list of links, holds the customer, and how a filter asks for that; undefined when it never does. */
const linkTo = (
  { kind, options }: Field,
  { module, id }: Subject,
): { readonly value: unknown; readonly operand: unknown } | undefined => {
  if (!('to' in options)) return undefined;
  const isOnly = options.to === module;
  const isAmong =
    options.to === 'any' || (Array.isArray(options.to) && (options.to as readonly unknown[]).includes(module));
  if (!isOnly && !isAmong) return undefined;
  const value = isOnly ? id : { module, id };
  return kind.domain === 'list'
    ? { value: [value], operand: isOnly ? id : `${module}:${id}` }
    : { value, operand: value };
};

/** New records belong to whoever made them, are visible to them, and say by which door they came. */
const forcedValues = (
  module: Module,
  { own, visible }: Portal,
  subject: Subject,
): Readonly<Record<string, unknown>> => {
  const channel = module.fields['channel'];
  const links = own.flatMap((name) => {
    const link = module.fields[name];
    const value = link && linkTo(link, subject);
    return value === undefined ? [] : [[name, value.value] as const];
  });
  return {
    ...Object.fromEntries(links),
    ...(visible !== undefined && { [visible]: true }),
    ...(channel?.kind.rank?.(channel.options).includes('portal') && { channel: 'portal' }),
  };
};
