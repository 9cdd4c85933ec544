import { sql } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';

export interface HashedSecret {
  /** UUID. */
  readonly id: string;
  /** With salt and cost inside. */
  readonly hash: string;
}

export const keepSecrets = (tenant: string, secrets: readonly HashedSecret[]): Statement =>
  sql`insert into v_secrets (tenant_id, id, hash) select ${tenant}::uuid, id, hash from json_to_recordset(${JSON.stringify(secrets)}::json) as x(id uuid, hash text)`.compile(
    house,
  );

/** Which of these secrets there are. */
export const secretsThere = (tenant: string, ids: readonly string[]): Statement =>
  sql`select id from v_secrets where tenant_id = ${tenant} and id = any(${ids}::uuid[])`.compile(house);

export const hashOfSecret = (tenant: string, id: string): Statement =>
  sql`select hash from v_secrets where tenant_id = ${tenant} and id = ${id}::uuid`.compile(house);
