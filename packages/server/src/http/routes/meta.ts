import { createHash } from 'node:crypto';
import { moduleToJson, type ModuleDefinition } from '@tessera-crm/model/definition.js';
import { recordOfIdentity } from '@tessera-crm/model/identity.js';
import type { Module } from '@tessera-crm/model/module.js';
import { protocolVersion } from '@tessera-crm/model/protocol/version.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { canRead, type Policy, type Rights } from '../../auth/rights.ts';
import type { KnownCall } from '../call.ts';
import { json, type Reply } from '../replies.ts';

/** Options that describe the inside of the house: whoever sees a part of the fields has no use for them. */
const inner: ReadonlySet<string> = new Set([
  'needs',
  'only',
  'onDelete',
  'restrictWhile',
  'detachWhile',
  'rollup',
  'lookup',
  'formula',
  'from',
  'indexed',
]);

/** The modules as this identity knows them. */
export const effectiveModules = (registry: Registry, policy: Policy | null): readonly ModuleDefinition[] =>
  registry.all.flatMap((module) => {
    const rights = policy ? policy(module) : undefined;
    if (rights === undefined) return [moduleToJson(module)];
    if (rights === null || !rights.may('read')) return [];
    return [rights.read === null ? moduleToJson(module) : reduced(module, rights, { registry, policy: policy! })];
  });

/** A definition without the fields that stay hidden, in which what may not be written is read-only. */
const reduced = (
  module: Module,
  rights: Rights,
  { registry, policy }: { readonly registry: Registry; readonly policy: Policy },
): ModuleDefinition => {
  const whole = moduleToJson(module);
  const isShown = (name: string): boolean => canRead(rights, name);
  const isGiven = (name: string): boolean => (rights.create?.has(name) ?? true) || (rights.edit?.has(name) ?? true);
  const fields = Object.entries(whole.fields)
    .filter(([name]) => isShown(name) || isGiven(name))
    .map(([name, { kind, ...options }]) => {
      const shown = Object.fromEntries(Object.entries(options).filter(([option]) => !inner.has(option)));
      return [name, { kind, ...shown, ...(!isGiven(name) && { readonly: true }) }] as const;
    });
  const { board, ...rest } = whole;
  return {
    ...rest,
    title: whole.title.filter(isShown),
    fields: Object.fromEntries(fields),
    unique: [],
    search: whole.search.filter(isShown),
    many: Object.fromEntries(Object.entries(whole.many).filter(([, to]) => isReached(to, registry, policy))),
    list: whole.list.filter(isShown),
    card: whole.card.filter(isShown),
    ...(board !== undefined && isShown(board) && { board }),
    calendar: whole.calendar.filter(isShown),
    actions: whole.actions.filter((action) => rights.actions?.has(action) ?? true),
  };
};

const isReached = (
  { module: key, by }: { readonly module: string; readonly by: string },
  registry: Registry,
  policy: Policy,
): boolean => {
  const module = registry.find(key);
  const rights = module && policy(module);
  return rights !== undefined && rights !== null && canRead(rights, by);
};

export const hashOf = (modules: readonly ModuleDefinition[]): string =>
  createHash('sha256').update(JSON.stringify(modules)).digest('hex').slice(0, 16);

/** What a page needs to know before it shows anything. @param now - RFC 3339. */
export const metaOf = ({ registry, policy, access }: KnownCall, now: string): unknown => {
  const { settings } = access.tenant;
  const modules = effectiveModules(registry, policy);
  return {
    protocol: protocolVersion,
    schemaHash: hashOf(modules),
    identity: recordOfIdentity(access.identity),
    locale: settings.locale,
    currency: settings.currency,
    country: settings.country,
    timeZone: settings.timeZone,
    now,
    modules,
  };
};

export const getMeta = (call: KnownCall): Reply => json(metaOf(call, call.now().toISOString()));

/** Who the token says one is, and for how long. */
export const getMe = ({ access }: KnownCall): Reply => {
  const { identity, tenant, scope, expiresAt, session } = access;
  return json({
    tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
    identity: recordOfIdentity(identity),
    type: identity.type === 'system' ? 'key' : identity.type,
    admin: identity.type === 'user' && identity.admin,
    scope: scope && [...scope].flatMap(([module, doings]) => [...doings].map((doing) => `${module}:${doing}`)),
    session,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  });
};
