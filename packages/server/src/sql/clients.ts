import { sql } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';

/** One copy of the program, and whose it is. */
export interface ClientKey {
  readonly tenant: string;
  /** `users:<id>`, `contacts:<id>`. */
  readonly principal: string;
  readonly client: string;
}

/** Outcomes that are kept for a client which never says what it has heard. */
const maxKept = 500;

/** Notes a client that is new. @param at - RFC 3339, UTC. */
export const meetClient = ({ tenant, principal, client }: ClientKey, at: string) =>
  house
    .insertInto('v_clients')
    .values({ tenant_id: tenant, client_id: client, principal, last_mid: 0, seen_at: at })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'client_id']).doNothing())
    .compile();

/** How far a client was counted, and whose it is; nobody else counts for it until the transaction ends. */
export const lockClient = ({ tenant, client }: ClientKey) =>
  house
    .selectFrom('v_clients')
    .select(['principal', 'last_mid'])
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .forUpdate()
    .compile();

export interface Counted {
  readonly mid: number;
  /** Up to here nobody will ask again. */
  readonly heard: number;
  readonly body: unknown;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Counts a mutation of a client that is locked, and keeps what came of it. */
export const countMutation = ({ tenant, client }: ClientKey, { mid, heard, body, at }: Counted): Statement =>
  sql`with counted as (
      update v_clients set last_mid = ${mid}, seen_at = ${at}::timestamptz where tenant_id = ${tenant} and client_id = ${client}
    ), forgotten as (
      delete from v_outcomes where tenant_id = ${tenant} and client_id = ${client} and mid <= ${Math.max(heard, mid - maxKept)}
    )
    insert into v_outcomes (tenant_id, client_id, mid, body) values (${tenant}, ${client}, ${mid}, ${JSON.stringify(body)})`.compile(
    house,
  );

export const keptOutcome = ({ tenant, client }: ClientKey, mid: number) =>
  house
    .selectFrom('v_outcomes')
    .select('body')
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', client)
    .where('mid', '=', mid)
    .compile();
