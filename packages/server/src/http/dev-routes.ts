import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { sessionRequest } from '@tessera-crm/model/protocol/sessions.js';
import type * as z from 'zod/mini';
import type { App } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import { createKey } from '../auth/create-key.ts';
import { identify, type Named } from '../auth/identify.ts';
import { readJson } from './json-body.ts';
import { isSameOrigin } from './origins.ts';
import { checkedBy } from './question.ts';
import { asCrmError, problem } from './replies.ts';

type SessionRequest = z.infer<typeof sessionRequest>;

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;

const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

const shownUsers = 50;
const shownCustomers = 10;

/**
 * Signing in as anybody without a password, for development on one's own machine. It answers only connections from
 * this machine that also name it as their host, because a page elsewhere may have its own name lead here.
 */
export class DevRoutes {
  readonly #app: App;
  readonly #tenant: Tenant;

  constructor(app: App, tenant: Tenant) {
    this.#app = app;
    this.#tenant = tenant;
  }

  /** @param address - Where the connection comes from. @returns Null for an address that is none of its own. */
  async answer(request: Request, path: string, address: string): Promise<Response | null> {
    const handlers: Readonly<Record<string, () => Promise<unknown>>> = {
      'GET /dev/users': () => this.#users(),
      'POST /dev/token': () => this.#token(request),
      'POST /dev/key': () => this.#key(),
    };
    const handler = handlers[`${request.method} ${path}`];
    if (!handler) return null;
    try {
      checkLocal(request, address);
      return Response.json(await handler(), { headers: { 'cache-control': 'no-store' } });
    } catch (error) {
      const { body, status, headers } = problem(asCrmError(error), 'dev');
      return new Response(body, { status, headers });
    }
  }

  get #store() {
    return this.#app.backend.store(this.#tenant, { identity: { type: 'system' }, principal: 'system' });
  }

  async #users(): Promise<unknown> {
    const [users, contacts] = await Promise.all([
      this.#store.list('users', { where: { status: { is: 'active' } }, limit: shownUsers }),
      this.#store.list('contacts', { where: { emails: { empty: false } }, sort: ['createdAt'], limit: shownCustomers }),
    ]);
    const { registry } = this.#app.backend;
    return {
      users: users.records.map((record) => ({
        ...named(registry.get('users'), record),
        admin: record['isAdmin'] === true,
      })),
      subjects: contacts.records.map((record) => ({ module: 'contacts', ...named(registry.get('contacts'), record) })),
    };
  }

  async #token(request: Request): Promise<unknown> {
    const { user, subject, scope, origins, expiresIn } = await this.#wanted(request);
    const name: Named | null = subject ? { subject } : user === undefined ? null : { user };
    const identity = name && (await identify(this.#store, name));
    if (!identity) throw new CrmError('not-found', 'There is nobody of that name.');
    return this.#app.sessions.mint(this.#tenant, identity, { scope, origins, expiresIn });
  }

  /** As the body says; or as `?user=` does, for pages whose elements ask without knowing for whom. */
  async #wanted(request: Request): Promise<SessionRequest> {
    const user = new URL(request.url).searchParams.get('user');
    if (user === null) return checkedBy(sessionRequest, await readJson(request));
    if (user !== 'administrator') return { user };
    const where = { status: { is: 'active' }, isAdmin: { is: true } };
    const { records } = await this.#store.list('users', { where, sort: ['createdAt'], limit: 1 });
    return { user: records[0]?.id ?? '' };
  }

  /** The embedded database is held by this process, so that `tessera key create` cannot reach it meanwhile. */
  async #key(): Promise<unknown> {
    return { key: await createKey(this.#app.keyring, this.#tenant, { name: 'development', scope: null, origins: [] }) };
  }
}

const checkLocal = (request: Request, address: string): void => {
  const origin = request.headers.get('origin');
  const isLocal = loopback.test(address) && loopbackHost.test(request.headers.get('host') ?? new URL(request.url).host);
  if (isLocal && (origin === null || isSameOrigin(origin, request.headers, request.url))) return;
  throw new CrmError('forbidden', 'The development sign-in is for this machine only.', { reason: 'loopback' });
};

/** A record by its title and, where it has one, its address. */
const named = (
  module: Module,
  record: AnyRecord,
): { readonly id: string; readonly name: string; readonly email: string | null } => {
  const text = (field: string): string => {
    const { kind, options } = module.fields[field]!;
    const value = record[field] ?? null;
    return value === null ? '' : kind.format(value, options, { locale: 'it', timeZone: 'Europe/Rome' });
  };
  const email = ['email', 'emails'].find((field) => Object.hasOwn(module.fields, field));
  return {
    id: record.id,
    name: module.title.map(text).join(' '),
    email: (email && text(email).split(', ')[0]) || null,
  };
};
