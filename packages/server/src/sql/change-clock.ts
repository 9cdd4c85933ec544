import { sql, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';

/** How the changes of a tenant get their numbers, and up to which number none can come any more. */
export interface ChangeClock {
  readonly name: 'counter' | 'snapshot';
  /** Whether a number is readable as soon as its transaction was committed. */
  readonly isPrompt: boolean;
  /** Part of a statement that writes: the number of its transaction as `seq`, if `from` gives a row. */
  bump(tenant: string, from: RawBuilder<unknown>): RawBuilder<unknown>;
  /** The newest number of a tenant under which, and under all before it, nothing can come any more. */
  head(tenant: string): RawBuilder<unknown>;
  /** The last of so many numbers after one. */
  upTo(tenant: string, seq: number, numbers: number): RawBuilder<unknown>;
  /** The newest numbers of several tenants under which there is something; for the administration. */
  heads(tenants: readonly string[]): Statement;
}

/**
 * A row per tenant, one further at the end of each transaction: whoever bumps it waits for those who did before to
 * commit, so its order is theirs, without gaps. For every database; writers of one tenant wait for each other.
 */
const counter: ChangeClock = {
  name: 'counter',
  isPrompt: true,
  bump: (tenant, from) =>
    sql`insert into v_tenant_clock as clock (tenant_id, seq) select ${tenant}::uuid, 1 ${from} on conflict (tenant_id) do update set seq = clock.seq + 1 returning seq`,
  head: (tenant) => sql`coalesce((select seq from v_tenant_clock where tenant_id = ${tenant}), 0)`,
  upTo: (_tenant, seq, numbers) => sql`${seq + numbers}`,
  heads: (tenants) =>
    sql`select tenant_id, seq from tenant_clock where tenant_id = any(${tenants}::uuid[])`.compile(house),
};

const oldestOpen = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

/**
 * The number that PostgreSQL gives each transaction, above where the tenant's counter stands, which does not move any
 * more: nobody waits for anybody. What is told ends before the oldest transaction that is still open, in any database of
 * the server. For plain PostgreSQL, where those numbers are of one kind for all.
 */
const snapshot: ChangeClock = {
  name: 'snapshot',
  isPrompt: false,
  bump: (tenant, from) => sql`select ${counter.head(tenant)} + pg_current_xact_id()::text::bigint as seq ${from}`,
  head: (tenant) => sql`${counter.head(tenant)} + ${oldestOpen} - 1`,
  upTo: (tenant, seq, numbers) =>
    sql`least(${snapshot.head(tenant)}, (select max(seq) from (select distinct seq from v_changes where tenant_id = ${tenant} and seq > ${seq} order by seq limit ${numbers}) as found))`,
  heads: (tenants) =>
    sql`select tenant.id, newest.seq from unnest(${tenants}::uuid[]) as tenant(id)
      left join tenant_clock as clock on clock.tenant_id = tenant.id
      cross join lateral (select seq from changes where tenant_id = tenant.id and seq < coalesce(clock.seq, 0) + ${oldestOpen} order by seq desc limit 1) as newest`.compile(
      house,
    ),
};

export const changeClocks = { counter, snapshot } as const;
