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

/** The tables of the house itself. Their types for statements are in `house-rows.ts`. */
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
  /** Up to which number changes may be missing: whoever read no further begins anew. */
  table('horizons', {
    columns: { tenant_id: 'uuid not null', seq: 'bigint not null' },
    primaryKey: ['tenant_id'],
    rights: 'select',
    adminRights: 'select, insert, update',
  }),
  /** Under which number it last changed what somebody may see and do. */
  table('rights', {
    columns: { tenant_id: 'uuid not null', principal: `${text} not null`, seq: 'bigint not null' },
    primaryKey: ['tenant_id', 'principal'],
    indexes: { rights_seq_idx: { columns: ['tenant_id', 'seq'] } },
    rights: 'select, insert, update',
  }),
  /** Copies of the program that count what they change, and how far each was followed. */
  table('clients', {
    columns: {
      tenant_id: 'uuid not null',
      client_id: `${text} not null`,
      principal: `${text} not null`,
      last_mid: 'bigint not null',
      seen_at: `${instant} not null`,
    },
    primaryKey: ['tenant_id', 'client_id'],
    // leaves room beside the row, which is written at every change
    storage: 'fillfactor = 50',
    adminRights: 'select, delete',
  }),
  /** What came of their changes, until they have heard it. */
  table('outcomes', {
    columns: {
      tenant_id: 'uuid not null',
      client_id: `${text} not null`,
      mid: 'bigint not null',
      body: 'jsonb not null',
    },
    primaryKey: ['tenant_id', 'client_id', 'mid'],
    adminRights: 'select, delete',
  }),
  /** When which work of the house is due again. */
  table('jobs', {
    columns: { tenant_id: 'uuid not null', name: `${text} not null`, due_at: `${instant} not null` },
    primaryKey: ['tenant_id', 'name'],
    rights: 'select',
    adminRights: everything,
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
