// Compiled with the tests, never run: what the types of the built-in modules promise, and what they forbid.

import { create, update } from './change.ts';
import type { Id } from './id.ts';
import type { Money } from './kinds/money.ts';
import type { QueryOf, WhereOf } from './query/query.ts';
import type { DraftOf, PatchOf, RecordOf } from './records.ts';
import type { Store } from './store.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type All<_Facts extends readonly true[]> = never;

declare const store: Store;
declare const account: Id<'accounts'>;
declare const contact: Id<'contacts'>;
declare const deal: RecordOf<'deals'>;

/** What is required or has a default is there, the rest may be null; links are branded with their module. */
export type Records = All<
  [
    Same<typeof deal.id, Id<'deals'>>,
    Same<typeof deal.version, number>,
    Same<typeof deal.name, string>,
    Same<typeof deal.pipeline, Id<'pipelines'>>,
    Same<typeof deal.amountMode, 'manual' | 'lines'>,
    Same<typeof deal.amount, Money | null>,
    Same<typeof deal.weightedAmount, Money | null>,
    Same<typeof deal.account, Id<'accounts'> | null>,
    Same<typeof deal.outcome, 'open' | 'won' | 'lost' | null>,
    Same<RecordOf<'tickets'>['priority'], 'low' | 'normal' | 'high' | 'urgent'>,
    Same<RecordOf<'leads'>['stage'] extends string ? '*' & RecordOf<'leads'>['stage'] : 'none', never>,
    Same<RecordOf<'accounts'>['parent'], Id<'accounts'> | null>,
    Same<RecordOf<'tags'>['createdAt'], string | null>,
    Same<RecordOf<string>['anything'], unknown>,
  ]
>;

/** Computed fields are in no draft; required ones are in every draft; a patch may empty what may be empty. */
export type Drafts = All<
  [
    Same<'weightedAmount' extends keyof DraftOf<'deals'> ? true : false, false>,
    Same<'number' extends keyof DraftOf<'deals'> ? true : false, false>,
    Same<'createdAt' extends keyof DraftOf<'deals'> ? true : false, false>,
    Same<DraftOf<'deals'>['name'], string>,
    Same<PatchOf<'deals'>['name'], string | undefined>,
    Same<PatchOf<'deals'>['nextStep'], string | null | undefined>,
  ]
>;

export const good: DraftOf<'deals'> = { name: 'Mill', account, expectedCloseDate: '2026-09-30' };
// @ts-expect-error -- the date on which it should close is required
export const incomplete: DraftOf<'deals'> = { name: 'Mill', account };
// @ts-expect-error -- a contact is no account
export const mixedUp: DraftOf<'deals'> = { name: 'Mill', account: contact, expectedCloseDate: '2026-09-30' };
// @ts-expect-error -- nobody types in what is computed
export const computed: PatchOf<'deals'> = { outcome: 'won' };
// @ts-expect-error -- no such option
export const option: PatchOf<'tickets'> = { priority: 'huge' };

export const changes = [
  create('accounts', account, { name: 'Neri' }),
  update('accounts', account, { industry: 'food', parent: null }, 3),
  // @ts-expect-error -- a contact's id does not pass for an account's
  update('accounts', contact, { industry: 'food' }),
];

export const filters: readonly WhereOf<'deals'>[] = [
  { name: { contains: 'mill' }, amount: { gte: '1000' }, expectedCloseDate: { relative: 'thisMonth' } },
  { outcome: 'open', account: { has: { industry: { in: ['food', 'it'] }, name: { starts: 'N' } } } },
  { any: [{ owner: { isMe: true } }, { tags: { containsAny: ['vip'] } }], none: [{ archivedAt: { empty: false } }] },
  { contacts: { some: { role: 'decision_maker', contact: { has: { lifecycle: 'sql' } } } } },
  // @ts-expect-error -- no such field
  { colour: 'red' },
  // @ts-expect-error -- no such option
  { outcome: 'maybe' },
  // @ts-expect-error -- amounts contain nothing
  { amount: { contains: '1' } },
  // @ts-expect-error -- no such field of the account
  { account: { has: { colour: 'red' } } },
  // @ts-expect-error -- no such field of the contact roles
  { contacts: { some: { colour: 'red' } } },
];

export const queries: readonly QueryOf<'deals'>[] = [
  { sort: ['-amount', 'name'], include: ['account', 'account.parent'], fields: ['name', 'amount'], limit: 10 },
  // @ts-expect-error -- no such field
  { sort: ['colour'] },
  // @ts-expect-error -- no such field
  { fields: ['colour'] },
  // @ts-expect-error -- not a link
  { include: ['name'] },
];

/** What comes along is known by its module; what was not asked for is not there. */
export const included = async () => {
  const page = await store.list('deals', { include: ['account', 'contact'] });
  type Facts = All<
    [
      Same<NonNullable<typeof page.included>['accounts'][string], RecordOf<'accounts'>>,
      Same<NonNullable<typeof page.included>['contacts'][string], RecordOf<'contacts'>>,
      Same<(typeof page.records)[number], RecordOf<'deals'>>,
    ]
  >;
  // @ts-expect-error -- the pipelines were not asked for
  return page.included?.pipelines as Facts;
};

/** A module that is known only at run time is possible, and promises nothing. */
export const dynamic = async (module: string) => {
  const { records } = await store.list(module, { where: { colour: 'red' }, sort: ['colour'], include: ['account'] });
  const value: unknown = records[0]?.['colour'];
  return value;
};

export const one = () => store.get('accounts', account);
// @ts-expect-error -- a contact's id does not pass for an account's
export const other = () => store.get('accounts', contact);
