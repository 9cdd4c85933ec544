import { CrmError } from '@tessera-crm/model/errors.js';
import { loginRequest, sessionRequest } from '@tessera-crm/model/protocol/sessions.js';
import type { Tenant } from '../../auth/access.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import { identify, userNamed, type Named } from '../../auth/identify.ts';
import type { Keyring } from '../../auth/keyring.ts';
import { isPassword } from '../../auth/password.ts';
import { isNarrower } from '../../auth/scope-claims.ts';
import type { SecretKey } from '../../auth/secret-key.ts';
import type { Sessions } from '../../auth/sessions.ts';
import type { Backend } from '../../backend.ts';
import type { Call, KnownCall } from '../call.ts';
import { readJson } from '../json-body.ts';
import { checkedBy } from '../question.ts';
import { RateLimiter } from '../rate-limiter.ts';
import { empty, json, type Reply } from '../replies.ts';

export interface SessionRoutesOptions {
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  readonly authenticator: Authenticator;
  readonly store: Backend['store'];
}

const secret = { 'cache-control': 'no-store' };

/** Five tries, then one in half a minute: too slow to guess, quick enough for whoever mistypes. */
const triesPerName = { burst: 5, perSecond: 1 / 30 };
const triesPerAddress = { burst: 30, perSecond: 1 / 5 };

/** Everything about signing in and out, and about tokens for others. */
export class SessionRoutes {
  readonly #options: SessionRoutesOptions;
  readonly #byName = new RateLimiter(triesPerName);
  readonly #byAddress = new RateLimiter(triesPerAddress);

  constructor(options: SessionRoutesOptions) {
    this.#options = options;
  }

  /** `POST /v1/sessions`: a host's backend asks for a token for one of its users or customers. */
  readonly mint = async ({ access, request }: KnownCall): Promise<Reply> => {
    const { key, tenant } = access;
    if (!key) throw new CrmError('forbidden', 'Only a secret key mints sessions.', { reason: 'secret-key' });
    const { user, subject, scope, origins, expiresIn } = checkedBy(sessionRequest, await readJson(request));
    if ((user === undefined) === (subject === undefined))
      throw new CrmError('validation', 'A session is for a user or for a customer.', {
        issues: [{ path: '/user', code: 'required' }],
      });
    const terms = { scope: scope ?? key.scope ?? undefined, origins: origins ?? key.origins };
    checkTerms(terms, key);
    const named: Named = subject ? { subject } : { user: user! };
    const identity = await identify(this.#system(tenant), named);
    if (!identity) throw new CrmError('not-found', 'There is nobody of that name, or they may not come in.');
    return json(await this.#options.sessions.mint(tenant, identity, { ...terms, expiresIn }), secret, 201);
  };

  /** `POST /v1/login`: a user with a password. */
  readonly login = async ({ request, address }: Call): Promise<Reply> => {
    const { tenant: slug, email, password } = checkedBy(loginRequest, await readJson(request));
    const name = `${slug ?? ''}/${email.trim().toLowerCase()}`;
    this.#throttle(this.#byName, name);
    if (address !== '') this.#throttle(this.#byAddress, address);
    const tenant = await this.#tenant(slug);
    const user = tenant && email.includes('@') ? await userNamed(this.#system(tenant), email.trim()) : null;
    const hash = tenant && user ? await this.#options.keyring.password(tenant.id, user.id) : null;
    if (!(await isPassword(password, hash)) || !tenant || !user)
      throw new CrmError('token-rejected', 'The e-mail address or the password is not right.', {
        reason: 'credentials',
      });
    this.#byName.forgive(name);
    const identity = { type: 'user', id: user.id, admin: user['isAdmin'] === true } as const;
    return json(await this.#options.sessions.mint(tenant, identity, { renewable: true }), secret, 201);
  };

  /** `POST /v1/login/renew`: a fresh token while the session lasts. */
  readonly renew = async ({ access }: KnownCall): Promise<Reply> =>
    json(await this.#options.sessions.renew(access.tenant, access.identity, access.session), secret, 201);

  /** `POST /v1/logout`: ends the session of the token. */
  readonly logout = async ({ access }: KnownCall): Promise<Reply> => {
    if (access.session !== null) await this.#revoke(access.tenant, access.session);
    return empty(204);
  };

  /** `GET /v1/me/sessions`: where one is signed in. */
  readonly list = async ({ access }: KnownCall): Promise<Reply> => {
    const sessions = await this.#options.keyring.sessions(access.tenant.id, access.principal);
    return json({
      sessions: sessions.map(({ id, createdAt, expiresAt, origins }) => ({
        id,
        createdAt,
        expiresAt,
        origins,
        current: id === access.session,
      })),
    });
  };

  /** `DELETE /v1/me/sessions/{id}`: ends one's own session elsewhere; a secret key ends any of its tenant. */
  readonly revoke = async (call: KnownCall): Promise<Reply> => {
    const { access } = call;
    const id = call.param('id');
    const session = await this.#options.keyring.session(id);
    const isOwn =
      session?.tenant === access.tenant.id && (access.key !== null || session.principal === access.principal);
    if (!isOwn) throw new CrmError('not-found', 'There is no such session.');
    await this.#revoke(access.tenant, id);
    return empty(204);
  };

  async #revoke(tenant: Tenant, id: string): Promise<void> {
    await this.#options.keyring.revokeSession(tenant.id, id);
    this.#options.authenticator.forget();
  }

  #system(tenant: Tenant) {
    return this.#options.store(tenant, { identity: { type: 'system' }, principal: 'system' });
  }

  /** Where there is only one tenant, nobody needs to name it. */
  async #tenant(slug: string | undefined): Promise<Tenant | null> {
    if (slug !== undefined) return this.#options.keyring.tenant(slug);
    const [only, another] = await this.#options.keyring.tenants();
    return only && !another ? only : null;
  }

  #throttle(limiter: RateLimiter, caller: string): void {
    const { allowed, retryAfter } = limiter.take(caller);
    if (!allowed) throw new CrmError('rate-limited', 'Too many tries to sign in.', { retryAfter });
  }
}

/** Nobody gives away more than they have. */
const checkTerms = (
  { scope, origins }: { readonly scope: readonly string[] | undefined; readonly origins: readonly string[] },
  key: SecretKey,
): void => {
  if (key.scope && scope && !isNarrower(scope, key.scope))
    throw new CrmError('forbidden', 'The scope reaches beyond that of the secret key.', { reason: 'scope' });
  if (key.origins.length > 0 && !origins.every((origin) => key.origins.includes(origin)))
    throw new CrmError('forbidden', 'The secret key is not registered for these origins.', { reason: 'origin' });
};
