import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { createApp, type App, type AppOptions } from '../app.ts';
import type { Tenant } from '../auth/access.ts';
import { createKey, type NewKey } from '../auth/create-key.ts';
import { identify, type Named } from '../auth/identify.ts';
import type { SessionTerms } from '../auth/sessions.ts';
import type { Database } from '../database/database.ts';
import type { LogEntry } from '../http/log.ts';
import type { TestEngine } from './test-database.ts';

export interface Sent {
  readonly token?: string | undefined;
  /** An object goes as JSON, text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
  /** A value inside of the JSON: `at('records.0.id')`. */
  at(path: string): unknown;
}

/** The origin of requests in tests; nothing listens there. */
export const testOrigin = 'http://crm.test';

/** A whole server over a database of its own, asked without a network. */
export class TestApp {
  readonly app: App;
  readonly database: Database;
  readonly registry: Registry;
  readonly logged: LogEntry[];
  readonly #folder: string;

  constructor({
    app,
    database,
    registry,
    logged,
    folder,
  }: {
    readonly app: App;
    readonly database: Database;
    readonly registry: Registry;
    readonly logged: LogEntry[];
    readonly folder: string;
  }) {
    this.app = app;
    this.database = database;
    this.registry = registry;
    this.logged = logged;
    this.#folder = folder;
  }

  static async open(engine: TestEngine, options: Partial<AppOptions> = {}): Promise<TestApp> {
    const registry = options.registry ?? builtInRegistry();
    const database = await engine.open();
    const folder = mkdtempSync(join(tmpdir(), 'tessera-app-'));
    const logged: LogEntry[] = [];
    const app = createApp({
      database,
      registry,
      folder,
      rateLimit: null,
      log: (entry) => void logged.push(entry),
      ...options,
    });
    return new TestApp({ app, database, registry, logged, folder });
  }

  async tenant(slug: string): Promise<Tenant> {
    const { keyring } = this.app;
    await keyring.addTenant({ id: crypto.randomUUID(), slug, name: slug });
    return (await keyring.tenant(slug))!;
  }

  async key(tenant: Tenant, key: Partial<NewKey> = {}): Promise<string> {
    return createKey(this.app.keyring, tenant, { name: 'test', scope: null, origins: [], ...key });
  }

  async token(tenant: Tenant, named: Named, terms: SessionTerms = {}): Promise<string> {
    const store = this.app.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
    const identity = await identify(store, named);
    if (!identity) throw new Error('There is nobody of that name.');
    return (await this.app.sessions.mint(tenant, identity, terms)).token;
  }

  async fetch(route: string, { token, body, headers, signal }: Sent = {}): Promise<Response> {
    const [method = 'GET', path = '/'] = route.split(' ');
    const isText = typeof body === 'string' || body === undefined || body instanceof Uint8Array;
    return this.app.fetch(
      new Request(`${testOrigin}${path}`, {
        method,
        ...(signal && { signal }),
        ...(body !== undefined && { body: isText ? (body as string) : JSON.stringify(body) }),
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      }),
    );
  }

  /** `ask('GET /v1/deals', { token })` */
  async ask(route: string, sent: Sent = {}): Promise<Answer> {
    const response = await this.fetch(route, sent);
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
    const at = (path: string): unknown =>
      path
        .split('.')
        .reduce((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], json);
    return { status: response.status, headers: response.headers, text, json, at };
  }

  async close(): Promise<void> {
    await this.app.stop();
    await this.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
