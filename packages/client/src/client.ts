import type { Change } from '@tessera-crm/model/change.js';
import type { Meta } from '@tessera-crm/model/protocol/meta.js';
import type { ModuleKey } from '@tessera-crm/model/records.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Applied, ApplyOptions, CallOptions } from '@tessera-crm/model/store.js';
import type { FeedEvent, FollowOptions } from '@tessera-crm/model/sync-door.js';
import { Files } from './files.ts';
import { ModuleClient } from './module-client.ts';
import { RecordCheck } from './record-check.ts';
import { RemoteStore } from './remote-store.ts';
import type { ConnectionOptions } from './transport.ts';

export interface ClientOptions extends ConnectionOptions {
  /** The modules against whose schemas records are checked; without it, answers are taken as they are. */
  readonly registry?: Registry;
}

/** A change that was committed, or word that too many were missed to tell them one by one. */
export type LiveEvent = Extract<FeedEvent, { readonly type: 'change' | 'reset' }>;

interface Everything {
  /** The same server behind the door that elements know. */
  readonly store: RemoteStore;
  readonly files: Files;
  /** The records of a module that is known at run time only. */
  module<K extends string>(key: K): ModuleClient<K>;
  /** Carries out changes over any modules, in order; all or none unless `atomic` is false. */
  apply(changes: readonly Change[], options?: ApplyOptions): Promise<readonly Applied[]>;
  /** What this identity may see and do: modules, fields, currency, locale. */
  meta(options?: CallOptions): Promise<Meta>;
  /** Changes as they are committed. It reconnects for ever and goes on where it was, until `signal` ends it. */
  live(options: FollowOptions): AsyncGenerator<LiveEvent, void>;
}

/** Every built-in module by its key, and what concerns them all. */
export type Client = Everything & { readonly [K in Exclude<ModuleKey, keyof Everything>]: ModuleClient<K> };

/**
 * A typed client of a Tessera server.
 *
 * @example
 * const client = createClient({ url: 'https://crm.example.org', token: process.env.CRM_KEY });
 * const { records } = await client.deals.list({ where: { stage: { in: ['offer'] } }, include: ['account'] });
 */
export const createClient = ({ registry, ...options }: ClientOptions): Client => {
  const store = new RemoteStore(options);
  const check = new RecordCheck(registry);
  const modules = new Map<string, ModuleClient<string>>();
  const module = (key: string): ModuleClient<string> => {
    let found = modules.get(key);
    if (!found) modules.set(key, (found = new ModuleClient(key, store, check)));
    return found;
  };
  const everything: Everything = {
    store,
    files: new Files(store.transport),
    module: module as Everything['module'],
    apply: (changes, applyOptions) => store.apply(changes, applyOptions),
    meta: async ({ signal } = {}) => {
      const answer = await store.transport.ask('meta', { signal });
      return registry ? (await import('./validation.ts')).checkMeta(answer) : (answer as Meta);
    },
    live: (feedOptions) => live(store, feedOptions),
  };
  return new Proxy(everything, {
    // `then` would make it look like a promise to `await`
    get: (target, name) =>
      typeof name === 'symbol' || name === 'then' || name in target ? Reflect.get(target, name) : module(name),
  }) as Client;
};

async function* live(store: RemoteStore, options: FollowOptions): AsyncGenerator<LiveEvent, void> {
  const { readFeed } = await import('./feed.ts');
  for await (const event of readFeed(store.transport, options))
    if (event.type === 'change' || event.type === 'reset') yield event;
}
