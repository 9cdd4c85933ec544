import type { Change } from '@tessera-crm/model/change.js';
import { recordOfIdentity } from '@tessera-crm/model/identity.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { settle, type Settle } from '@tessera-crm/model/rules/settle.js';
import type { Tenant } from './auth/access.ts';
import { limitsOf } from './auth/limits.ts';
import { isHeld } from './auth/rights.ts';
import type { Backend, Caller, RecordStore } from './backend.ts';
import type { Database } from './database/database.ts';
import { cleanChange, cleanValue } from './http/clean-html.ts';
import type { Turn } from './store/counting.ts';
import { ChangeFeed } from './store/feed.ts';
import { RecordImages } from './store/images.ts';
import { SqlStore, type ExactOptions } from './store/sql-store.ts';

export interface SqlBackendOptions {
  readonly database: Database;
  readonly registry: Registry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** Records of all tenants in one database. */
export class SqlBackend implements Backend {
  readonly registry: Registry;
  readonly feed: ChangeFeed;
  readonly images: RecordImages;
  readonly #options: SqlBackendOptions;

  constructor(options: SqlBackendOptions) {
    this.#options = options;
    this.registry = options.registry;
    this.feed = new ChangeFeed(options.database);
    this.images = new RecordImages(options.database);
  }

  readonly store = (tenant: Tenant, { identity, principal, requestId, policy, source }: Caller): RecordStore => {
    const { database, registry, newId } = this.#options;
    const now = (): string => new Date(this.#options.now()).toISOString();
    return new CleanStore(registry, {
      database,
      registry,
      tenant: tenant.id,
      identity,
      settings: tenant.settings,
      feed: this.feed,
      settle: settleCleanly,
      source: source ?? (identity.type === 'subject' ? 'portal' : 'api'),
      principal,
      now,
      newId,
      ...(requestId !== undefined && { requestId }),
      ...(policy &&
        isHeld(policy, registry) && {
          limits: limitsOf(policy, contextOf(tenant, { identity, registry, now: now() })),
        }),
    });
  };

  async ping(): Promise<void> {
    await this.#options.database.admin({ sql: 'select 1', parameters: [] });
  }

  async stop(): Promise<void> {
    this.feed.close();
  }
}

const contextOf = (
  { settings }: Tenant,
  { identity, registry, now }: Pick<Caller, 'identity'> & { readonly registry: Registry; readonly now: string },
) => ({
  registry,
  now,
  timeZone: settings.timeZone,
  weekStart: settings.weekStart,
  fiscalYearStart: settings.fiscalYearStart,
  me: recordOfIdentity(identity),
});

/** What two clean texts come to need not be clean. */
const settleCleanly: Settle = (field, conflict) => {
  const decision = settle(field, conflict);
  return decision && { ...decision, value: cleanValue(field, decision.value) };
};

/** Formatted text is cleaned on its way in, whoever sends it. */
class CleanStore extends SqlStore {
  readonly #registry: Registry;

  constructor(registry: Registry, options: ConstructorParameters<typeof SqlStore>[0]) {
    super(options);
    this.#registry = registry;
  }

  override async apply(changes: readonly Change[], options?: ExactOptions) {
    return super.apply(
      changes.map((change) => cleanChange(change, this.#registry)),
      options,
    );
  }

  override async push(turn: Turn) {
    return super.push({ ...turn, changes: turn.changes.map((change) => cleanChange(change, this.#registry)) });
  }
}
