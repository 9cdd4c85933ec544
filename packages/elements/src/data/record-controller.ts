import type { CrmError } from '@tessera-crm/model/errors.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { IdOf, RecordOf } from '@tessera-crm/model/records.js';
import type { QueryOf } from '@tessera-crm/model/query/query.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { statusOf, viewStateOf, type Status } from './status.ts';

/** Which record: its id, the record itself, or a query whose first answer it is; null while that is not known. */
export type Wanted<K extends string> =
  { readonly id: string } | { readonly record: RecordOf<K> } | { readonly first: QueryOf<K> } | null;

/** Watches one record for an element and follows its changes. */
export class RecordController<K extends string> implements ReactiveController {
  readonly #host: CrmElement;
  readonly #module: K;
  readonly #wanted: () => Wanted<K>;
  readonly #isOptional: boolean;
  #store: Store | undefined;
  #key: string | undefined;
  #stop: (() => void) | undefined;
  #status: Status = 'loading';
  #record: RecordOf<K> | undefined;
  #error: CrmError | undefined;

  /**
   * @param wanted - Read again before every update; a different answer is followed.
   * @param options.isOptional - The element does without: failures are nobody's business but its own.
   */
  constructor(host: CrmElement, module: K, wanted: () => Wanted<K>, { isOptional = false } = {}) {
    this.#host = host;
    this.#isOptional = isOptional;
    this.#module = module;
    this.#wanted = wanted;
    host.addController(this);
  }

  get status(): Status {
    return this.#status;
  }

  get state(): ViewState {
    return viewStateOf(this.#status, this.#record !== undefined);
  }

  get record(): RecordOf<K> | undefined {
    return this.#record;
  }

  get error(): CrmError | undefined {
    return this.#error;
  }

  /** Watches anew; what is there stays in sight until the answer. */
  retry(): void {
    this.#stopWatching();
    if (this.#record === undefined) this.#status = 'loading';
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const wanted = this.#wanted();
    if (wanted && 'record' in wanted) return this.#take(wanted.record);
    const store = this.#host.isAwake ? this.#host.source?.store : undefined;
    const key = wanted ? plainJson(wanted) : undefined;
    const isSame = key === this.#key && store === this.#store;
    if (isSame && (this.#stop || !store || !wanted)) return;
    if (!isSame) this.#know('loading');
    this.#stopWatching();
    this.#key = key;
    this.#store = store;
    if (store && wanted) this.#stop = this.#watch(store, wanted);
  }

  hostDisconnected(): void {
    this.#stopWatching();
  }

  #watch(store: Store, wanted: { readonly id: string } | { readonly first: QueryOf<K> }): () => void {
    let isStopped = false;
    const error = (one: CrmError): void => void (isStopped || this.#failed(one));
    const next = (record: RecordOf<K> | null): void => void (isStopped || this.#arrived(record));
    const stop =
      'id' in wanted
        ? store.watch(this.#module, wanted.id as IdOf<K>, { next, error })
        : store.watchList(
            this.#module,
            { ...wanted.first, limit: 1 },
            {
              next: ({ records }) => next((records[0] as RecordOf<K> | undefined) ?? null),
              error,
            },
          );
    return () => {
      isStopped = true;
      stop();
    };
  }

  #arrived(record: RecordOf<K> | null): void {
    if (record) this.#know('ready', record);
    else this.#know('missing');
    this.#host.requestUpdate();
  }

  #failed(error: CrmError): void {
    const status = statusOf(error);
    const isNews = status !== this.#status;
    this.#know(status, status === 'forbidden' || status === 'missing' ? undefined : this.#record, error);
    if (isNews && status !== 'missing' && !this.#isOptional)
      this.#host.fail(error, this.#record ? 'error' : 'load-error');
    this.#host.requestUpdate();
  }

  #take(record: RecordOf<K>): void {
    this.#stopWatching();
    this.#key = undefined;
    this.#know('ready', record);
  }

  #know(status: Status, record?: RecordOf<K>, error?: CrmError): void {
    this.#status = status;
    this.#record = record;
    this.#error = error;
  }

  #stopWatching(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
