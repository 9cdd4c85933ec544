import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { CallOptions, Store } from '@tessera-crm/model/store.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Errands } from './errands.ts';
import type { Keeping } from './keeping.ts';
import type { LocalRecords } from './local-records.ts';
import { isUnreachable } from './reach.ts';
import type { Storage, StoredPage } from './storage.ts';
import { underPresentRights } from './under-present-rights.ts';
import type { Answer } from './views/window-view.ts';

export interface ServerSideOptions {
  readonly remote: Store;
  readonly door: SyncDoor;
  readonly records: LocalRecords;
  readonly errands: Errands;
  readonly keeping: Keeping;
  readonly storage: () => Storage;
  readonly isOnline: () => boolean;
  readonly reached: (isOnline: boolean) => void;
  /** Tells watchers of what happened so far. */
  readonly tell: () => void;
}

/** What is asked: the query as it is sent, and as it is run here. */
export interface Asked {
  readonly plan: Plan;
  readonly query: Query;
}

/** What is asked of the server, and what comes of it. */
export class ServerSide {
  readonly remote: Store;
  readonly #options: ServerSideOptions;
  /** Pages that are being asked for, by question and moment. */
  readonly #underWay = new Map<string, Promise<SyncPage>>();

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

  /** @throws {CrmError} `not-found` · what the server says. */
  async read(module: string, id: string): Promise<AnyRecord> {
    const { errands, records } = this.#options;
    await errands.ask(module, id);
    const record = records.base(module, id);
    if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
    return record;
  }

  /** Asks for one record, if anybody can be asked: null when there is none, undefined when nobody can tell. */
  async find(module: string, id: string): Promise<AnyRecord | null | undefined> {
    if (!this.isOnline) return undefined;
    return this.read(module, id).catch((error: unknown) => (isCrmError(error, 'not-found') ? null : undefined));
  }

  /** Always whole records, whatever fields were asked for: others may look at them too. */
  async list({ plan, query }: Asked, options: CallOptions = {}): Promise<Answer> {
    return underPresentRights(async () => {
      const asked = this.#options.records.moment;
      return this.takePage({ plan, query }, await this.#ask({ plan, query }, options), asked);
    });
  }

  /** Who may give up asks alone; everybody else shares the answer, as long as nothing happens. */
  #ask(asked: Asked, options: CallOptions): Promise<SyncPage> {
    const { door, records } = this.#options;
    const ask = (): Promise<SyncPage> =>
      this.reach(door.query(asked.plan.module.key, wholeRecords(asked.query), options));
    if (options.signal) return ask();
    const question = `${records.moment} ${pageKey(asked)}`;
    const underWay = this.#underWay.get(question) ?? ask().finally(() => this.#underWay.delete(question));
    this.#underWay.set(question, underWay);
    return underWay;
  }

  /** Tells when a record, or what a query finds, may have changed, where no feed says so. @returns How to stop. */
  onChange(module: string, of: { readonly id: string } | { readonly query: Query }, changed: () => void): () => void {
    const { remote } = this;
    if (remote.sync) return () => {};
    let isFirst = true;
    // the first answer is no change
    const observer = { next: () => (isFirst ? void (isFirst = false) : changed()), error: () => {} };
    return 'id' in of
      ? remote.watch(module, of.id as never, observer)
      : remote.watchList(module, wholeRecords(of.query) as never, observer);
  }

  /**
   * Takes over a page, and what came along with it.
   *
   * @param asked - The moment of the question, or an earlier one.
   * @returns Null when it came under rights of before.
   */
  takePage({ plan, query }: Asked, page: SyncPage, asked: number): Answer | null {
    const { records, keeping } = this.#options;
    const module = plan.module.key;
    const { asOf, aclSeq, records: found, next, count, included = {} } = page;
    const stored = {
      ids: found.map(({ id }) => id),
      next,
      asOf,
      ...(count !== undefined && { count }),
      ...(page.included && { included: idsIn(page.included) }),
    };
    const rows = [
      ...found.map((record) => ({ module, record: record as AnyRecord })),
      ...Object.entries(included).flatMap(([of, some]) =>
        Object.values(some).map((record) => ({ module: of, record: record as AnyRecord })),
      ),
    ];
    // What happened before the page came is no part of it
    this.#options.tell();
    const before = records.moment;
    if (!records.truth.take({ asOf, aclSeq, rows, gone: [] })) return null;
    keeping.page({ key: pageKey({ plan, query }), module, page: stored });
    const outdated = found.filter((record) => !records.isKnown(module, record as AnyRecord)).map(({ id }) => id);
    return { page: stored, asked, taken: records.moment > before ? records.moment : 0, outdated: new Set(outdated) };
  }

  /** The page as it was last seen. */
  page({ plan, query }: Asked): Promise<StoredPage | undefined> {
    return this.#options.storage().page(pageKey({ plan, query })).catch(nothing);
  }
}

export const wholeRecords = ({ fields: _fields, ...query }: Query): Query => query;

const pageKey = ({ plan, query }: Asked): string => `${plan.module.key} ${plainJson(wholeRecords(query))}`;

const idsIn = (included: NonNullable<SyncPage['included']>): NonNullable<StoredPage['included']> =>
  Object.fromEntries(Object.entries(included).map(([module, records]) => [module, Object.keys(records)]));

/** A database that breaks holds no page. */
const nothing = (): undefined => undefined;
