import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Aggregate, Group, Page, PageOf, PathOf, QueryOf } from '@tessera-crm/model/query/query.js';
import type { DraftOf, IdOf, PatchOf, RecordOf } from '@tessera-crm/model/records.js';
import type { Applied, ApplyOptions, CallOptions } from '@tessera-crm/model/store.js';
import { listIn, type Included } from './envelopes.ts';
import type { RecordCheck } from './record-check.ts';
import type { RemoteStore } from './remote-store.ts';

/** One version of a record's past. */
export interface HistoryVersion {
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly by: { readonly module: string; readonly id: string } | null;
  readonly op: string;
  readonly source: string | null;
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[];
}

/** How to carry out one change. */
export type ChangeOptions = Omit<ApplyOptions, 'atomic'>;

export interface UpdateOptions extends ChangeOptions {
  /** The version that the author saw: what others changed since then is merged field by field. */
  readonly base?: number;
}

/** The records of one module; every method rejects with a `CrmError`. */
export class ModuleClient<K extends string> {
  readonly key: K;
  readonly #store: RemoteStore;
  readonly #check: RecordCheck;

  constructor(key: K, store: RemoteStore, check: RecordCheck) {
    this.key = key;
    this.#store = store;
    this.#check = check;
  }

  /** One page: 50 records unless `limit` says otherwise. */
  async list<const I extends PathOf<K> = never>(query?: QueryOf<K, I>, options?: CallOptions): Promise<PageOf<K, I>> {
    const page = (await this.#store.list(this.key, query, options)) as Page<AnyRecord, Included>;
    return (await this.#check.page(this.key, page, query?.fields !== undefined)) as PageOf<K, I>;
  }

  /** The pages of a list, one request each, as far as they are read. */
  async *pages<const I extends PathOf<K> = never>(
    query?: QueryOf<K, I>,
    options?: CallOptions,
  ): AsyncGenerator<PageOf<K, I>, void> {
    let after: string | null | undefined = query?.after;
    do {
      const page: PageOf<K, I> = await this.list({ ...query, ...(after && { after }) } as QueryOf<K, I>, options);
      yield page;
      after = page.next;
    } while (after !== null);
  }

  /** All records of a list, page by page as they are read. */
  async *each<const I extends PathOf<K> = never>(
    query?: QueryOf<K, I>,
    options?: CallOptions,
  ): AsyncGenerator<RecordOf<K>, void> {
    for await (const { records } of this.pages(query, options)) yield* records;
  }

  /** @throws {CrmError} `not-found` */
  async get(id: IdOf<K>, options?: CallOptions): Promise<RecordOf<K>> {
    const record: unknown = await this.#store.get(this.key, id, options);
    return (await this.#check.record(this.key, record as AnyRecord)) as RecordOf<K>;
  }

  /** Creates a record; an id that is not given is made here. */
  async create(draft: DraftOf<K>, options?: ChangeOptions): Promise<RecordOf<K>> {
    const { id = newId(), ...values } = draft as Readonly<Record<string, unknown>> & { readonly id?: string };
    return this.#changed({ op: 'create', module: this.key, id, values }, options);
  }

  /** Changes the given fields; null empties one. */
  async update(id: IdOf<K>, patch: PatchOf<K>, { base, ...options }: UpdateOptions = {}): Promise<RecordOf<K>> {
    const values = patch as Readonly<Record<string, unknown>>;
    return this.#changed({ op: 'update', module: this.key, id, values, ...(base !== undefined && { base }) }, options);
  }

  /** Moves a record to the recycle bin. */
  async remove(id: IdOf<K>, options?: ChangeOptions): Promise<void> {
    await this.#apply({ op: 'delete', module: this.key, id }, options);
  }

  /** Brings a record back from the recycle bin, with what went there along with it. */
  async restore(id: IdOf<K>, options?: ChangeOptions): Promise<RecordOf<K>> {
    return this.#changed({ op: 'restore', module: this.key, id }, options);
  }

  /** Carries out one of the module's actions. */
  async act(
    id: IdOf<K>,
    action: string,
    args: Readonly<Record<string, unknown>> = {},
    options?: ChangeOptions,
  ): Promise<{ readonly record: RecordOf<K> | null; readonly result: Readonly<Record<string, unknown>> }> {
    const { record, result = {} } = await this.#apply({ op: 'act', module: this.key, id, action, args }, options);
    return { record: record as RecordOf<K> | null, result };
  }

  async aggregate(aggregate: Aggregate, options?: CallOptions): Promise<readonly Group[]> {
    return this.#store.aggregate(this.key, aggregate, options);
  }

  /** What was changed when and by whom, the latest first. */
  async history(id: IdOf<K>, { signal }: CallOptions = {}): Promise<readonly HistoryVersion[]> {
    const answer = await this.#store.transport.ask(`${this.key}/${encodeURIComponent(id)}/history`, { signal });
    return listIn(answer, 'versions') as readonly HistoryVersion[];
  }

  async #changed(change: Change, options?: ChangeOptions): Promise<RecordOf<K>> {
    const { id, record } = await this.#apply(change, options);
    if (record) return (await this.#check.record(this.key, record as AnyRecord)) as RecordOf<K>;
    throw new CrmError('not-found', 'The change was carried out, but this identity may not see the record.', { id });
  }

  async #apply(change: Change, options: ChangeOptions = {}): Promise<Applied & { readonly ok: true }> {
    const [applied] = await this.#store.apply([change], options);
    if (applied?.ok) return applied;
    throw applied?.error ?? new CrmError('schema-mismatch', 'The change has no result.');
  }
}

const newId = (): string => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
