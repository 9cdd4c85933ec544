import { sql } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';

/** The next numbers of a tenant after one, and whether something under them is younger than an instant. */
export const numbersAfter = (
  tenant: string,
  seq: number,
  { since, limit }: { since: string; limit: number },
): Statement =>
  sql`select seq, bool_or(at >= ${since}::timestamptz) from changes where tenant_id = ${tenant} and seq > ${seq} group by seq order by seq limit ${limit}`.compile(
    house,
  );

export interface Span {
  /** The number after which it begins, and the one with which it ends. */
  readonly from: number;
  readonly to: number;
}

/**
 * Moves a tenant's horizon over a span, and forgets all that happened to records which were deleted within it and are
 * deleted still. One statement: nobody sees the gap without the horizon.
 */
export const forgetDeleted = (tenant: string, { from, to }: Span): Statement =>
  sql`with dead as (
      select module, record_id, version from changes as gone
      where tenant_id = ${tenant} and seq > ${from} and seq <= ${to} and op = 'delete' and not exists (
        select 1 from changes as later where later.tenant_id = ${tenant} and later.module = gone.module and later.record_id = gone.record_id and later.version > gone.version
      )
    ), moved as (
      insert into horizons as known (tenant_id, seq) values (${tenant}, ${to}) on conflict (tenant_id) do update set seq = greatest(known.seq, excluded.seq)
    )
    delete from changes using dead
    where changes.tenant_id = ${tenant} and changes.module = dead.module and changes.record_id = dead.record_id and changes.version <= dead.version`.compile(
    house,
  );

export const horizonOf = (tenant: string) =>
  house.selectFrom('horizons').select('seq').where('tenant_id', '=', tenant).compile();

/** Forgets a tenant's clients that nobody has heard of for long, and what came of their changes. */
export const forgetClients = (tenant: string, before: string): Statement =>
  sql`with gone as (delete from clients where tenant_id = ${tenant} and seen_at < ${before}::timestamptz returning client_id)
    delete from outcomes using gone where outcomes.tenant_id = ${tenant} and outcomes.client_id = gone.client_id`.compile(
    house,
  );

/**
 * Claims a chore for all tenants for which it is due. Whoever asks at the same time gets none of them.
 *
 * @param next - When it will be due again.
 */
export const claimChore = (name: string, { now, next }: { readonly now: string; readonly next: string }): Statement =>
  sql`insert into jobs as job (tenant_id, name, due_at) select id, ${name}, ${next}::timestamptz from tenants
    on conflict (tenant_id, name) do update set due_at = excluded.due_at where job.due_at <= ${now}::timestamptz
    returning tenant_id`.compile(house);
