import { formatName } from '@tessera-crm/model/format/name.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { Deal } from './board.ts';

/** Who answers for a deal, as a card shows it. */
export interface OwnerName {
  readonly full: string;
  readonly initials: string;
}

/** Ids that one question may name. */
const most = 200;

/** Looks up the names of owners after the cards are on screen; without the right to see them cards do without. */
export class OwnerNames implements ReactiveController {
  readonly #host: CrmElement;
  readonly #wanted = { user: new Set<string>(), group: new Set<string>() };
  #store: Store | undefined;
  #names = new Map<string, OwnerName | null>();

  constructor(host: CrmElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Undefined while it is looked up, and for ever when it cannot be. */
  of({ owner }: Deal): OwnerName | undefined {
    if (!owner) return undefined;
    const name = this.#names.get(owner.id);
    if (name === undefined) this.#wanted[owner.type].add(owner.id);
    return name ?? undefined;
  }

  hostUpdated(): void {
    const { store } = this.#host.source ?? {};
    if (store !== this.#store) {
      this.#store = store;
      this.#names = new Map();
    }
    if (!store) return;
    const { user, group } = this.#wanted;
    void this.#look(store, 'users', [...user]);
    void this.#look(store, 'groups', [...group]);
    user.clear();
    group.clear();
  }

  async #look(store: Store, module: 'users' | 'groups', ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const id of ids) this.#names.set(id, null);
    try {
      for (let at = 0; at < ids.length; at += most) {
        const { records } = await store.list(module as string, {
          where: { id: { in: ids.slice(at, at + most) } },
          fields: ['name'],
          limit: most,
        });
        for (const { id, name } of records) this.#names.set(id, this.#shown(name));
      }
    } catch {
      return;
    }
    if (store !== this.#store) return;
    this.#host.requestUpdate();
  }

  #shown(name: unknown): OwnerName | null {
    const { locale } = this.#host;
    if (typeof name === 'string') return { full: name, initials: name.slice(0, 2).toLocaleUpperCase(locale) };
    if (typeof name !== 'object' || name === null) return null;
    const person = name as Parameters<typeof formatName>[0];
    return { full: formatName(person, locale), initials: formatName(person, locale, 'initials') };
  }
}
