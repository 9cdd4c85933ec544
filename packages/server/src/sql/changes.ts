import type { Module } from '@tessera-crm/model/module.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Statement } from '../database/database.ts';
import type { ChangeClock } from './change-clock.ts';
import { house } from './compiler.ts';
import type { ChangeRow } from './house-rows.ts';
import { raise } from './rights.ts';
import { guardOf, united, type Guard, type Targets } from './targets.ts';
import { insertWith } from './write.ts';

/** Who changed records, when, through which door. */
export interface Authorship {
  readonly tenant: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** `users:<id>`; null for the system itself. */
  readonly actor: string | null;
  readonly source: string | null;
  readonly requestId: string | null;
  /** Where the number of the change comes from. */
  readonly clock: ChangeClock;
}

type Operation = ChangeRow['op'];

const operationOf = ({ before, after }: Write): Operation => {
  if (!before) return 'create';
  const wasDeleted = before['deletedAt'] !== null;
  const isDeleted = after['deletedAt'] !== null;
  if (wasDeleted === isDeleted) return 'update';
  return isDeleted ? 'delete' : 'restore';
};

/** What the row of a change says anyway. */
const stamps: ReadonlySet<string> = new Set(['createdAt', 'createdBy', 'updatedAt', 'updatedBy']);

/** By field what it was and what it became; where that was merged with what others made of it, what was given, too. */
export type Diff = Readonly<Record<string, readonly [was: unknown, is: unknown, given?: unknown]>>;

const diffOf = ({ before, after, changed, merged = {} }: Write): Diff =>
  Object.fromEntries(
    changed
      .filter((field) => !stamps.has(field))
      .map((field) => {
        const [was, is] = [before?.[field] ?? null, after[field] ?? null];
        return [field, Object.hasOwn(merged, field) ? [was, is, merged[field]] : [was, is]];
      }),
  );

const columns = sql.raw('tenant_id, seq, ordinal, at, actor, module, record_id, version, op, diff, source, request_id');

/**
 * The end of a transaction: the changes under the next number of the tenant, which no reader sees before the commit.
 *
 * @param raised - Whose rights they change.
 */
export const recordChanges = (
  writes: readonly Write[],
  { tenant, at, actor, source, requestId, clock }: Authorship,
  raised: readonly string[] = [],
): Statement => {
  const rows = writes.map((write, ordinal) => ({
    ordinal,
    module: write.module,
    record_id: write.id,
    version: write.after.version,
    op: operationOf(write),
    diff: diffOf(write),
  }));
  const rights = raised.length === 0 ? sql`` : sql`, raised as (${raise(tenant, raised)})`;
  return sql`with bumped as (${clock.bump(tenant, sql``)})${rights}
    insert into v_changes (${columns})
    select ${tenant}::uuid, seq, ordinal, ${at}::timestamptz, ${actor}::text, module, record_id, version, op, diff, ${source}::text, ${requestId}::text
    from bumped, json_to_recordset(${JSON.stringify(rows)}::json) as x(ordinal integer, module text, record_id uuid, version integer, op text, diff jsonb)
    returning seq`.compile(house);
};

/** A whole transaction in one statement: the write of one record, the counter, the change. No row answers when the write found no row. */
// oxlint-disable-next-line max-params
export const commitOne = (
  statement: RawBuilder<unknown>,
  write: Write,
  { tenant, at, actor, source, requestId, clock }: Authorship,
  { parts }: Guard,
): Statement =>
  sql`with ${parts}written as (${statement} returning id), bumped as (${clock.bump(tenant, sql`from written`)})
    insert into v_changes (${columns})
    select ${tenant}::uuid, seq, 0, ${at}::timestamptz, ${actor}::text, ${write.module}::text, ${write.id}::uuid, ${write.after.version}::integer, ${operationOf(write)}::text, ${JSON.stringify(diffOf(write))}::jsonb, ${source}::text, ${requestId}::text
    from bumped returning seq`.compile(house);

/** A record that was made, and by whom. */
export interface Created {
  readonly write: Write;
  readonly by: Authorship;
  /** What it links to. */
  readonly targets: Targets;
}

/**
 * Several records of one module that have nothing to do with each other, made in one transaction of one statement under
 * one number: each says for itself who made it. No row answers, and nothing is written, when something that one of them
 * links to is gone.
 */
export const commitCreated = (module: Module, created: readonly Created[], tenant: string): Statement => {
  const records = created.map(({ write, by: { at, actor, source, requestId } }) => ({
    record: write.after,
    change: { at, actor, source, requestId, diff: diffOf(write) },
  }));
  const { clock } = created[0]!.by;
  const guard = guardOf(united(created.map(({ targets }) => targets)), tenant);
  return sql`${insertWith(module, records, tenant, guard)}, bumped as (${clock.bump(tenant, sql`from written having count(*) > 0`)})
    insert into v_changes (${columns})
    select ${tenant}::uuid, seq, _ordinal, (_change->>'at')::timestamptz, _change->>'actor', ${module.key}::text, id, version, 'create', _change->'diff', _change->>'source', _change->>'requestId'
    from bumped, input returning seq`.compile(house);
};

/** What happened to a record after a version, the latest first. */
export const changesSince = (
  tenant: string,
  { module, id, version }: { readonly module: string; readonly id: string; readonly version: number },
): CompiledQuery<{ version: number; at: string; actor: string | null; request_id: string | null; diff: Diff }> =>
  house
    .selectFrom('v_changes')
    .select(['version', 'at', 'actor', 'request_id', 'diff'])
    .where('tenant_id', '=', tenant)
    .where('module', '=', module)
    .where('record_id', '=', id)
    .where('version', '>', version)
    .orderBy('version', 'desc')
    .compile();

/** The versions of a record, the latest first. */
export const historyOf = (tenant: string, module: string, id: string) =>
  house
    .selectFrom('v_changes')
    .select(['version', 'at', 'actor', 'op', 'source', 'diff'])
    .where('tenant_id', '=', tenant)
    .where('module', '=', module)
    .where('record_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1000)
    .compile();

/** Numbers of a tenant. */
export interface Span {
  /** The one after which they begin. */
  readonly seq: number;
  /** How many. */
  readonly numbers: number;
  readonly clock: ChangeClock;
}

/**
 * The changes under whole numbers of the tenant: `numbers` of them, from the one after `seq` on. Each row says as well
 * which number is the newest, and up to which one changes may be missing; a row without a change says only that.
 */
export const newsAfter = (tenant: string, { seq, numbers, clock }: Span): Statement =>
  sql`select head, horizon, seq, module, record_id, version, op
    from (select ${clock.head(tenant)} as head,
      coalesce((select seq from v_horizons where tenant_id = ${tenant}), 0) as horizon) as clock
    left join v_changes on tenant_id = ${tenant} and seq > ${seq} and seq <= ${clock.upTo(tenant, seq, numbers)}
    order by seq, ordinal`.compile(house);

/** The tenant's newest number. */
export const headOf = (tenant: string, clock: ChangeClock): Statement =>
  sql`select ${clock.head(tenant)}`.compile(house);

/** The next number of a tenant under which there is something. */
export const nextAfter = (tenant: string, seq: number) =>
  house
    .selectFrom('v_changes')
    .select('seq')
    .where('tenant_id', '=', tenant)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(1)
    .compile();
