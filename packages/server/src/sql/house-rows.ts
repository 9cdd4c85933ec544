import type { ColumnType as Cells, Generated } from 'kysely';
import type { Diff } from './changes.ts';

/** JSON goes in as text and comes out parsed. */
type Json<T> = Cells<T, string, string>;

interface TenantRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly settings: Json<Readonly<Record<string, unknown>>>;
  readonly created_at: string;
}

export interface ChangeRow {
  readonly tenant_id: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly at: string;
  readonly actor: string | null;
  readonly module: string;
  readonly record_id: string;
  readonly version: number;
  readonly op: 'create' | 'update' | 'delete' | 'restore';
  readonly diff: Json<Diff>;
  readonly source: string | null;
  readonly request_id: string | null;
}

interface HorizonRow {
  readonly tenant_id: string;
  readonly seq: number;
}

interface RightsRow {
  readonly tenant_id: string;
  readonly principal: string;
  readonly seq: number;
}

interface ClientRow {
  readonly tenant_id: string;
  readonly client_id: string;
  readonly principal: string;
  readonly last_mid: number;
  readonly seen_at: string;
}

interface OutcomeRow {
  readonly tenant_id: string;
  readonly client_id: string;
  readonly mid: number;
  readonly body: Json<unknown>;
}

interface JobRow {
  readonly tenant_id: string;
  readonly name: string;
  readonly due_at: string;
}

interface IdempotencyRow {
  readonly tenant_id: string;
  readonly principal: string;
  readonly key: string;
  readonly request_hash: string;
  readonly body: Json<unknown>;
  readonly at: string;
}

interface ApiKeyRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly scope: Json<readonly string[]> | null;
  readonly origins: Json<readonly string[]>;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

interface SigningKeyRow {
  readonly tenant_id: string;
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'HS256';
  readonly issuer: string;
  readonly jwk: Json<Readonly<Record<string, unknown>>>;
  readonly origins: Json<readonly string[]>;
  readonly own: boolean;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

interface SessionRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly principal: string;
  readonly origins: Json<readonly string[]>;
  readonly created_at: string;
  readonly expires_at: string;
  readonly revoked_at: string | null;
}

interface PasswordRow {
  readonly tenant_id: string;
  readonly user_id: string;
  readonly hash: string;
  readonly changed_at: string;
}

interface FileRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly created_at: string;
  readonly created_by: string | null;
}

interface ClockRow {
  readonly tenant_id: string;
  readonly seq: number;
}

interface SeriesRow {
  readonly tenant_id: string;
  readonly series: string;
  readonly last: Generated<number>;
}

/** What statements over the house's tables may name: the tenant views for requests, the tables for administration. */
export interface House {
  readonly v_tenants: TenantRow;
  readonly v_tenant_clock: ClockRow;
  readonly v_changes: ChangeRow;
  readonly v_horizons: HorizonRow;
  readonly v_rights: RightsRow;
  readonly v_clients: ClientRow;
  readonly v_outcomes: OutcomeRow;
  readonly v_number_series: SeriesRow;
  readonly v_idempotency: IdempotencyRow;
  readonly v_api_keys: ApiKeyRow;
  readonly v_signing_keys: SigningKeyRow;
  readonly v_sessions: SessionRow;
  readonly v_passwords: PasswordRow;
  readonly v_files: FileRow;
  readonly tenants: TenantRow;
  readonly tenant_clock: ClockRow;
  readonly changes: ChangeRow;
  readonly horizons: HorizonRow;
  readonly clients: ClientRow;
  readonly outcomes: OutcomeRow;
  readonly jobs: JobRow;
  readonly idempotency: IdempotencyRow;
  readonly api_keys: ApiKeyRow;
  readonly signing_keys: SigningKeyRow;
  readonly sessions: SessionRow;
}
