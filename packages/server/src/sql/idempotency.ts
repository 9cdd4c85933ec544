import { house } from './compiler.ts';

export interface RequestKey {
  readonly tenant: string;
  /** Whose key it is: `users:<id>`, `key:<id>`. */
  readonly principal: string;
  readonly key: string;
}

export const keptReply = ({ tenant, principal, key }: RequestKey) =>
  house
    .selectFrom('v_idempotency')
    .select(['request_hash', 'body'])
    .where('tenant_id', '=', tenant)
    .where('principal', '=', principal)
    .where('key', '=', key)
    .compile();

/** Fails as a value taken when another request with this key came first. */
export const keepReply = (
  { tenant, principal, key }: RequestKey,
  { hash, body, at }: { readonly hash: string; readonly body: unknown; readonly at: string },
) =>
  house
    .insertInto('v_idempotency')
    .values({ tenant_id: tenant, principal, key, request_hash: hash, body: JSON.stringify(body), at })
    .compile();

/** For the administration: a tenant's replies that were kept longer than anybody repeats a request. */
export const forgetReplies = (tenant: string, before: string) =>
  house.deleteFrom('idempotency').where('tenant_id', '=', tenant).where('at', '<', before).compile();
