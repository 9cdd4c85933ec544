import { isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { CallOptions, Store } from '@tessera-crm/model/store.js';
import type { LocalRecords } from './local-records.ts';
import { isUnreachable } from './reach.ts';
import type { KeptPage, Storage, Stored, StoredPage } from './storage.ts';
import type { Answer } from './views/window-view.ts';

export interface ServerSideOptions {
  readonly remote: Store;
  readonly records: LocalRecords;
  readonly storage: () => Storage;
  /** The storage takes nothing more. */
  readonly lost: (cause: unknown) => void;
  readonly isOnline: () => boolean;
  readonly reached: (isOnline: boolean) => void;
}

/** What is asked: the query as it is sent, and as it is run here. */
export interface Asked {
  readonly plan: Plan;
  readonly query: Query;
}

/** What comes from the server, on its way into memory and storage. */
export class ServerSide {
  readonly remote: Store;
  readonly #options: ServerSideOptions;
  #isClosed = false;
  /** The last write under way; IndexedDB finishes those before it first. */
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: ServerSideOptions) {
    this.remote = options.remote;
    this.#options = options;
  }

  /** Whether it was reached when last asked. */
  get isOnline(): boolean {
    return this.#options.isOnline();
  }

  /** Waits for an answer, and notes whether the server was reached. */
  async reach<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.#options.reached(true);
      return result;
    } catch (error) {
      this.#options.reached(!isUnreachable(error));
      throw error;
    }
  }

  /** @throws {CrmError} What the remote store says. */
  async read(module: string, id: string, options?: CallOptions): Promise<AnyRecord> {
    const asked = this.#options.records.moment;
    const answer: unknown = await this.reach(this.remote.get(module, id, options));
    this.take(module, answer as AnyRecord, asked);
    return answer as AnyRecord;
  }

  /** Asks for one record, if anybody can be asked: null when there is none, undefined when nobody can tell. */
  async find(module: string, id: string): Promise<AnyRecord | null | undefined> {
    if (!this.isOnline) return undefined;
    const asked = this.#options.records.moment;
    try {
      return await this.read(module, id);
    } catch (error) {
      if (!isCrmError(error, 'not-found')) return undefined;
      this.absorb([{ module, id, record: null }], { asked });
      return null;
    }
  }

  /** Always whole records, whatever fields were asked for: others may look at them too. */
  async list({ plan, query }: Asked, options: CallOptions): Promise<Answer> {
    const asked = this.#options.records.moment;
    const page: unknown = await this.reach(this.remote.list(plan.module.key, wholeRecords(query) as never, options));
    return this.takePage({ plan, query }, page as Page<AnyRecord>, asked);
  }

  /** @param asked - The moment of the question, or an earlier one. */
  take(module: string, record: AnyRecord, asked: number): void {
    this.absorb([{ module, id: record.id, record }], { asked });
  }

  /** Takes over a page, and what came along with it. */
  takePage({ plan, query }: Asked, page: Page<AnyRecord>, asked: number): Answer {
    const { records } = this.#options;
    const { records: found, next, count, included } = page;
    const stored = { ids: found.map(({ id }) => id), next, ...(count !== undefined && { count }) };
    const others = Object.entries((included ?? {}) as Readonly<Record<string, Readonly<Record<string, AnyRecord>>>>);
    const all = [
      ...found.map((record) => ({ module: plan.module.key, id: record.id, record })),
      ...others.flatMap(([module, some]) => Object.values(some).map((record) => ({ module, id: record.id, record }))),
    ];
    const before = records.moment;
    this.absorb(all, { asked, page: { key: pageKey({ plan, query }), module: plan.module.key, page: stored } });
    const outdated = found.filter((record) => !records.isKnown(plan.module.key, record)).map(({ id }) => id);
    return { page: stored, asked, taken: records.moment > before ? records.moment : 0, outdated: new Set(outdated) };
  }

  /** The page as it was last seen. */
  page({ plan, query }: Asked): Promise<StoredPage | undefined> {
    return this.#options.storage().page(pageKey({ plan, query })).catch(nothing);
  }

  absorb(given: readonly Stored[], { asked, page }: { readonly asked?: number; readonly page?: KeptPage } = {}): void {
    void this.keep(this.#options.records.absorb(given, asked), page);
  }

  /** What cannot be kept can be had again: reading goes on without it, and nothing else is tried there. */
  async keep(records: readonly Stored[], page?: KeptPage): Promise<void> {
    if (this.#isClosed || (records.length === 0 && !page)) return;
    this.#keeping = this.#options
      .storage()
      .keep(records, page)
      .catch((cause: unknown) => void (this.#isClosed || this.#options.lost(cause)));
    await this.#keeping;
  }

  reached(isOnline: boolean): void {
    this.#options.reached(isOnline);
  }

  /** Keeps nothing from now on. @returns When what is being kept is through. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#keeping;
  }
}

export const wholeRecords = ({ fields: _fields, ...query }: Query): Query => query;

const pageKey = ({ plan, query }: Asked): string => `${plan.module.key} ${plainJson(wholeRecords(query))}`;

/** A database that breaks holds no page. */
const nothing = (): undefined => undefined;
