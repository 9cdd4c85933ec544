import type { QueryOf } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Backend } from '../../frame/instance.ts';
import type { BoardElement } from '../board-data.ts';
import type { LostReason } from '../gate.ts';

/** What questions are made of, as it was last read from the board's backend. */
export class AskFacts {
  #source: Backend | undefined;
  #registry: Registry | undefined;
  #reasons: readonly LostReason[] | undefined;

  /** The definitions of fields; undefined until they are here. */
  get registry(): Registry | undefined {
    return this.#registry;
  }

  /** Why a deal may be lost; undefined until that is known. */
  get reasons(): readonly LostReason[] | undefined {
    return this.#reasons;
  }

  /** @throws {CrmError} When one of them cannot be read now; the other may be there. */
  async read({ source }: BoardElement): Promise<void> {
    if (!source) return;
    if (source !== this.#source) this.#registry = this.#reasons = undefined;
    this.#source = source;
    const reads = [
      source.modules().then((registry) => void (source === this.#source && (this.#registry = registry))),
      source.store
        .list('lostReasons', reasonsQuery)
        .then(({ records }) => void (source === this.#source && (this.#reasons = records.filter(isForDeals)))),
    ];
    for (const read of await Promise.allSettled(reads)) if (read.status === 'rejected') throw read.reason;
  }
}

const reasonsQuery: QueryOf<'lostReasons', never> = { where: { active: true }, sort: ['name'], limit: 200 };

const isForDeals = ({ appliesTo }: LostReason): boolean => !appliesTo?.length || appliesTo.includes('deals');
