import { People } from '@tessera-crm/model/access/people.js';
import { readDirectory, userFields } from '@tessera-crm/model/access/read-directory.js';
import type { Directory } from '@tessera-crm/model/access/directory.js';
import { Scopes } from '@tessera-crm/model/access/scope.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import type { Backend, RecordStore } from '../backend.ts';
import { allRecords } from '../import/record-door.ts';
import type { Tenant } from './access.ts';

/** Who is who in a tenant, and what each of them reaches. */
export interface House {
  readonly directory: Directory;
  readonly scopesOf: (user: string) => Scopes;
}

interface Entry {
  /** The number under which anything about people last changed. */
  readonly version: number;
  readonly house: Promise<House | null>;
}

export interface DirectoriesOptions {
  readonly backend: Pick<Backend, 'store' | 'feed' | 'registry'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Tenants that are kept in memory. */
const most = 500;

/** Milliseconds in which conditions of sharing rules speak of the same days. */
const sameDays = 3_600_000;

/** The people of each tenant, read again when anything about them changed, by whichever process. */
export class Directories {
  readonly #options: DirectoriesOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: DirectoriesOptions) {
    this.#options = options;
  }

  /** Null for a tenant in which neither profiles nor sharing hold anybody back. */
  async of(tenant: Tenant): Promise<House | null> {
    const version = await this.#options.backend.feed.peopleVersion(tenant.id);
    const known = this.#entries.get(tenant.id);
    if (known && known.version >= version) return known.house;
    const house = this.#read(tenant);
    if (this.#entries.size >= most) this.#entries.delete(this.#entries.keys().next().value!);
    const entry = { version, house };
    this.#entries.set(tenant.id, entry);
    house.catch(() => this.#entries.get(tenant.id) === entry && this.#entries.delete(tenant.id));
    return house;
  }

  async #read(tenant: Tenant): Promise<House | null> {
    const store = this.#options.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
    const [profiles, sharingRules] = await Promise.all([allOf(store, 'profiles'), allOf(store, 'sharingRules')]);
    if (profiles.length === 0 && sharingRules.length === 0) return null;
    const [users, roles, groups] = await Promise.all([
      allOf(store, 'users', userFields),
      allOf(store, 'roles'),
      allOf(store, 'groups', ['members', 'roleTrees']),
    ]);
    const directory = readDirectory({ users, roles, groups, profiles, sharingRules });
    return { directory, scopesOf: this.#scopesIn(tenant, directory) };
  }

  #scopesIn({ settings }: Tenant, directory: Directory): House['scopesOf'] {
    const {
      backend: { registry },
      now,
    } = this.#options;
    const people = new People(directory);
    const known = new Map<string, Scopes>();
    let until = -Infinity;
    return (user) => {
      if (now() >= until) {
        known.clear();
        until = now() + sameDays;
      }
      let scopes = known.get(user);
      if (!scopes) {
        const asker = { registry, identity: { type: 'user', id: user, admin: false }, settings } as const;
        const context = queryContextOf(asker, new Date(now()).toISOString());
        known.set(user, (scopes = new Scopes(user, { directory, people, context })));
      }
      return scopes;
    };
  }
}

const allOf = async (store: RecordStore, module: string, fields?: readonly string[]): Promise<readonly AnyRecord[]> => {
  const all: AnyRecord[] = [];
  for await (const record of allRecords(store, module, { archived: 'with', ...(fields && { fields }) }))
    all.push(record);
  return all;
};
