import type { ColumnType as Cells, Generated } from 'kysely';
import type { Index, Table } from './tables.ts';

const instant = 'timestamptz(3)';
const text = 'text collate "C"';

interface Row {
  readonly columns: Table['columns'];
  readonly primaryKey: readonly string[];
  readonly indexes?: Table['indexes'];
  readonly tenant?: string;
  readonly rights?: string;
  readonly adminRights?: string;
  readonly storage?: string;
}

const table = (
  name: string,
  { columns, primaryKey, indexes = {}, tenant = 'tenant_id', rights, adminRights, storage }: Row,
): Table => ({
  name,
  columns,
  primaryKey,
  indexes,
  tenant,
  rights: rights ?? 'select, insert, update, delete',
  ...(adminRights && { adminRights }),
  ...(storage && { storage }),
});

const unique = (...columns: readonly string[]): Index => ({ columns, unique: true });

const everything = 'select, insert, update, delete';

/** The tables of the house itself. Their types for statements are below. */
export const houseTables: readonly Table[] = [
  table('tenants', {
    columns: {
      id: 'uuid not null',
      slug: `${text} not null`,
      name: 'text not null',
      settings: 'jsonb not null',
      created_at: `${instant} not null`,
    },
    primaryKey: ['id'],
    indexes: { tenants_slug_key: unique('slug') },
    tenant: 'id',
    rights: 'select, update',
    adminRights: everything,
  }),
  /** The commit-ordered counter: bumped as the last thing of every transaction that changes records. */
  table('tenant_clock', {
    columns: { tenant_id: 'uuid not null', seq: 'bigint not null' },
    primaryKey: ['tenant_id'],
    rights: 'select, insert, update',
    adminRights: 'select',
    // leaves room beside the row, so that its next version needs no other page and no index entry
    storage: 'fillfactor = 20',
  }),
  /** Audit and feed in one; nobody changes what happened. */
  table('changes', {
    columns: {
      tenant_id: 'uuid not null',
      seq: 'bigint not null',
      ordinal: 'integer not null',
      at: `${instant} not null`,
      actor: text,
      module: `${text} not null`,
      record_id: 'uuid not null',
      version: 'integer not null',
      op: `${text} not null`,
      diff: 'jsonb not null',
      source: text,
      request_id: text,
    },
    primaryKey: ['tenant_id', 'seq', 'ordinal'],
    indexes: { changes_record_idx: { columns: ['tenant_id', 'module', 'record_id', 'version'] } },
    rights: 'select, insert',
    adminRights: 'select, delete',
  }),
  table('number_series', {
    columns: { tenant_id: 'uuid not null', series: `${text} not null`, last: 'bigint not null' },
    primaryKey: ['tenant_id', 'series'],
  }),
  table('idempotency', {
    columns: {
      tenant_id: 'uuid not null',
      principal: `${text} not null`,
      key: `${text} not null`,
      request_hash: `${text} not null`,
      body: 'jsonb not null',
      at: `${instant} not null`,
    },
    primaryKey: ['tenant_id', 'principal', 'key'],
    indexes: { idempotency_at_idx: { columns: ['at'] } },
    adminRights: 'select, delete',
  }),
  table('api_keys', {
    columns: {
      tenant_id: 'uuid not null',
      id: `${text} not null`,
      name: 'text not null',
      hash: `${text} not null`,
      scope: 'jsonb',
      origins: 'jsonb not null',
      created_at: `${instant} not null`,
      revoked_at: instant,
    },
    primaryKey: ['tenant_id', 'id'],
    indexes: { api_keys_id_idx: { columns: ['id'] } },
    adminRights: everything,
  }),
  table('signing_keys', {
    columns: {
      tenant_id: 'uuid not null',
      kid: `${text} not null`,
      algorithm: `${text} not null`,
      issuer: `${text} not null`,
      jwk: 'jsonb not null',
      origins: 'jsonb not null',
      /** Whether the server signs with it itself. */
      own: 'boolean not null',
      created_at: `${instant} not null`,
      revoked_at: instant,
    },
    primaryKey: ['tenant_id', 'kid'],
    indexes: { signing_keys_kid_idx: { columns: ['kid'] } },
    adminRights: everything,
  }),
  table('sessions', {
    columns: {
      tenant_id: 'uuid not null',
      id: `${text} not null`,
      principal: `${text} not null`,
      origins: 'jsonb not null',
      created_at: `${instant} not null`,
      expires_at: `${instant} not null`,
      revoked_at: instant,
    },
    primaryKey: ['tenant_id', 'id'],
    indexes: {
      sessions_id_idx: { columns: ['id'] },
      sessions_principal_idx: { columns: ['tenant_id', 'principal'] },
      sessions_expires_at_idx: { columns: ['expires_at'] },
    },
    adminRights: everything,
  }),
  table('passwords', {
    columns: {
      tenant_id: 'uuid not null',
      user_id: 'uuid not null',
      hash: 'text not null',
      changed_at: `${instant} not null`,
    },
    primaryKey: ['tenant_id', 'user_id'],
  }),
  /** What records only name; nothing reads it but the question whether somebody knows it. */
  table('secrets', {
    columns: { tenant_id: 'uuid not null', id: 'uuid not null', hash: 'text not null' },
    primaryKey: ['tenant_id', 'id'],
    rights: 'select, insert, delete',
  }),
  table('files', {
    columns: {
      tenant_id: 'uuid not null',
      id: 'uuid not null',
      name: 'text not null',
      type: `${text} not null`,
      size: 'bigint not null',
      sha256: `${text} not null`,
      created_at: `${instant} not null`,
      created_by: text,
    },
    primaryKey: ['tenant_id', 'id'],
    indexes: { files_sha256_idx: { columns: ['tenant_id', 'sha256'] } },
  }),
];

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
  /** By field what it was and what it became. */
  readonly diff: Json<Readonly<Record<string, readonly [unknown, unknown]>>>;
  readonly source: string | null;
  readonly request_id: string | null;
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
  readonly idempotency: IdempotencyRow;
  readonly api_keys: ApiKeyRow;
  readonly signing_keys: SigningKeyRow;
  readonly sessions: SessionRow;
}
