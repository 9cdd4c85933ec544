import { sql, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import type { ChangeClock } from './change-clock.ts';
import { house } from './compiler.ts';

/** Part of a statement that has a `bumped` number: from it on, those see and do something else. */
export const raise = (tenant: string, principals: readonly string[]): RawBuilder<unknown> =>
  sql`insert into v_rights as known (tenant_id, principal, seq)
    select ${tenant}::uuid, principal, seq from bumped, unnest(${principals}::text[]) as principal
    on conflict (tenant_id, principal) do update set seq = greatest(known.seq, excluded.seq)`;

/** The same under a number that is known. */
export const raiseTo = (tenant: string, principal: string, seq: number): Statement =>
  sql`with bumped as (select ${seq}::bigint as seq) ${raise(tenant, [principal])}`.compile(house);

/** Whose rights changed after a number, and under which. */
export const raisedAfter = (tenant: string, seq: number) =>
  house
    .selectFrom('v_rights')
    .select(['principal', 'seq'])
    .where('tenant_id', '=', tenant)
    .where('seq', '>', seq)
    .compile();

/** Whose rights change when those of all users may. */
export const everyUser = 'users:*';

/** Under this name stands when anything about people last changed. */
export const people = 'people';

/** All names under which rights of a principal change. */
export const namesOf = (principal: string): readonly string[] =>
  principal.startsWith('users:') ? [principal, everyUser] : [principal];

export const peopleVersion = (tenant: string): Statement =>
  sql`select coalesce((select seq from v_rights where tenant_id = ${tenant} and principal = ${people}), 0)`.compile(
    house,
  );

export interface Asking {
  readonly principal: string;
  /** The copy of the program whose count is asked for. */
  readonly client?: string | undefined;
}

/** The tenant's newest number, the caller's rights, and how far its client was counted. */
export const stampOf = (tenant: string, { principal, client }: Asking, clock: ChangeClock): Statement =>
  sql`select ${clock.head(tenant)},
    coalesce((select max(seq) from v_rights where tenant_id = ${tenant} and principal = any(${namesOf(principal)}::text[])), 0),
    coalesce((select last_mid from v_clients where tenant_id = ${tenant} and principal = ${principal} and client_id = ${client ?? null}), 0)`.compile(
    house,
  );
