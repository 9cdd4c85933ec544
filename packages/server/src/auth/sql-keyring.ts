import { sql, type CompiledQuery, type Selectable } from 'kysely';
import { toObjects, type Database } from '../database/database.ts';
import { house } from '../sql/compiler.ts';
import type { House } from '../sql/house-rows.ts';
import { addTenant, findTenant, listTenants } from '../store/tenants.ts';
import type { Tenant } from './access.ts';
import { noOrigin, type Keyring, type Session, type SigningKey } from './keyring.ts';
import type { SecretKey } from './secret-key.ts';

interface Query<R> {
  compile(): CompiledQuery<R>;
}

/** Columns as they come out of the database, where JSON is parsed already. */
type Out<T extends keyof House> = Selectable<House[T]>;

export interface SqlKeyringOptions {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Milliseconds for which a tenant, or whether an origin is known, is remembered. */
const remembered = 2000;

/** Keys, sessions and passwords in the tables of the house. */
export class SqlKeyring implements Keyring {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #tenants = new Map<string, { readonly tenant: Tenant; readonly until: number }>();
  readonly #origins = new Map<string, { readonly known: boolean; readonly until: number }>();

  constructor({ database, now }: SqlKeyringOptions) {
    this.#database = database;
    this.#now = now;
  }

  async tenant(name: string): Promise<Tenant | null> {
    const kept = this.#tenants.get(name);
    if (kept && kept.until > this.#now()) return kept.tenant;
    const tenant = await findTenant(this.#database, name);
    if (!tenant) return null;
    if (this.#tenants.size > 1000) this.#tenants.clear();
    this.#tenants.set(name, { tenant, until: this.#now() + remembered });
    return tenant;
  }

  async tenants(): Promise<readonly Tenant[]> {
    return listTenants(this.#database);
  }

  async addTenant(tenant: Omit<Tenant, 'settings'>): Promise<void> {
    await addTenant(this.#database, tenant, this.#instant());
  }

  async secretKey(id: string): Promise<SecretKey | null> {
    const [row] = await this.#ask(house.selectFrom('api_keys').selectAll().where('id', '=', id));
    return row ? toSecretKey(row) : null;
  }

  async secretKeys(tenant: string): Promise<readonly SecretKey[]> {
    const rows = await this.#ask(
      house.selectFrom('api_keys').selectAll().where('tenant_id', '=', tenant).orderBy('created_at'),
    );
    return rows.map(toSecretKey);
  }

  async addSecretKey({ tenant, id, name, hash, scope, origins, createdAt, revokedAt }: SecretKey): Promise<void> {
    const values = {
      tenant_id: tenant,
      id,
      name,
      hash,
      origins: JSON.stringify(origins),
      created_at: createdAt,
      revoked_at: revokedAt,
    };
    await this.#ask(house.insertInto('api_keys').values({ ...values, scope: scope && JSON.stringify(scope) }));
  }

  async revokeSecretKey(tenant: string, id: string): Promise<boolean> {
    return this.#revoke('api_keys', tenant, id);
  }

  async signingKey(kid: string): Promise<SigningKey | null> {
    const [row] = await this.#ask(
      house.selectFrom('signing_keys').selectAll().where('kid', '=', kid).orderBy('created_at').limit(1),
    );
    return row ? toSigningKey(row) : null;
  }

  async ownSigningKey(tenant: string): Promise<SigningKey | null> {
    const [row] = await this.#ask(
      house
        .selectFrom('signing_keys')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('own', '=', true)
        .where('revoked_at', 'is', null)
        .orderBy('created_at')
        .orderBy('kid')
        .limit(1),
    );
    return row ? toSigningKey(row) : null;
  }

  async addSigningKey({ tenant, kid, algorithm, issuer, jwk, origins, revokedAt }: SigningKey): Promise<void> {
    await this.#ask(
      house.insertInto('signing_keys').values({
        tenant_id: tenant,
        kid,
        algorithm,
        issuer,
        jwk: JSON.stringify(jwk),
        origins: JSON.stringify(origins),
        own: jwk.d !== undefined,
        created_at: this.#instant(),
        revoked_at: revokedAt,
      }),
    );
  }

  async session(id: string): Promise<Session | null> {
    const [row] = await this.#ask(house.selectFrom('sessions').selectAll().where('id', '=', id));
    return row ? toSession(row) : null;
  }

  async sessions(tenant: string, principal: string): Promise<readonly Session[]> {
    const rows = await this.#ask(
      house
        .selectFrom('sessions')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('principal', '=', principal)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', this.#instant())
        .orderBy('created_at', 'desc')
        .limit(200),
    );
    return rows.map(toSession);
  }

  /** Sweeps out what ended more than a day ago along with it, so that nobody has to come by for that. */
  async addSession({ tenant, id, principal, origins, createdAt, expiresAt, revokedAt }: Session): Promise<void> {
    const yesterday = new Date(this.#now() - 86_400_000).toISOString();
    await this.#ask(
      house
        .with('swept', (query) =>
          query
            .deleteFrom('sessions')
            .where('tenant_id', '=', tenant)
            .where('principal', '=', principal)
            .where('expires_at', '<', yesterday),
        )
        .insertInto('sessions')
        .values({
          tenant_id: tenant,
          id,
          principal,
          origins: JSON.stringify(origins),
          created_at: createdAt,
          expires_at: expiresAt,
          revoked_at: revokedAt,
        }),
    );
  }

  async revokeSession(tenant: string, id: string): Promise<boolean> {
    return this.#revoke('sessions', tenant, id);
  }

  async password(tenant: string, user: string): Promise<string | null> {
    const query = house
      .selectFrom('v_passwords')
      .select('hash')
      .where('tenant_id', '=', tenant)
      .where('user_id', '=', user);
    const [row] = toObjects<{ readonly hash: string }>(await this.#database.run(tenant, query.compile()));
    return row?.hash ?? null;
  }

  async setPassword(tenant: string, user: string, hash: string): Promise<void> {
    const changed = { hash, changed_at: this.#instant() };
    const statement = house
      .insertInto('v_passwords')
      .values({ tenant_id: tenant, user_id: user, ...changed })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(changed));
    await this.#database.run(tenant, statement.compile());
  }

  async knowsOrigin(origin: string): Promise<boolean> {
    if (origin === noOrigin) return false;
    const kept = this.#origins.get(origin);
    if (kept && kept.until > this.#now()) return kept.known;
    const holds = sql<boolean>`origins @> ${JSON.stringify([origin])}::jsonb`;
    const [row] = await this.#ask(
      house
        .selectFrom('api_keys')
        .select('id as found')
        .where('revoked_at', 'is', null)
        .where(holds)
        .unionAll(house.selectFrom('signing_keys').select('kid as found').where('revoked_at', 'is', null).where(holds))
        .unionAll(
          house
            .selectFrom('sessions')
            .select('id as found')
            .where('revoked_at', 'is', null)
            .where('expires_at', '>', this.#instant())
            .where(holds),
        )
        .limit(1),
    );
    if (this.#origins.size > 1000) this.#origins.clear();
    this.#origins.set(origin, { known: row !== undefined, until: this.#now() + remembered });
    return row !== undefined;
  }

  async #revoke(table: 'api_keys' | 'sessions', tenant: string, id: string): Promise<boolean> {
    const rows = await this.#ask(
      house
        .updateTable(table)
        .set({ revoked_at: this.#instant() })
        .where('tenant_id', '=', tenant)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id'),
    );
    return rows.length > 0;
  }

  async #ask<R>(query: Query<R>): Promise<readonly R[]> {
    return toObjects<R>(await this.#database.admin(query.compile()));
  }

  #instant(): string {
    return new Date(this.#now()).toISOString();
  }
}

const toSecretKey = (row: Out<'api_keys'>): SecretKey => ({
  id: row.id,
  tenant: row.tenant_id,
  name: row.name,
  hash: row.hash,
  scope: row.scope,
  origins: row.origins,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});

const toSigningKey = (row: Out<'signing_keys'>): SigningKey => ({
  kid: row.kid,
  tenant: row.tenant_id,
  algorithm: row.algorithm,
  issuer: row.issuer,
  jwk: row.jwk,
  origins: row.origins,
  revokedAt: row.revoked_at,
});

const toSession = (row: Out<'sessions'>): Session => ({
  id: row.id,
  tenant: row.tenant_id,
  principal: row.principal,
  origins: row.origins,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
});
