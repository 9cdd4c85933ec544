import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { CrmElement } from '../frame/element.ts';
import { errorDetail, type RecordDetail } from '../frame/events.ts';

/** How saving ended: kept, given up by the page or a person, or refused. */
export type Saved =
  | { readonly outcome: 'saved'; readonly applied: Extract<Applied, { ok: true }> }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly error: CrmError };

export interface SaveOptions {
  /** The record as it is shown, for listeners that look at it. */
  readonly record?: AnyRecord | null;
  /** Other changes that are carried out along with it, all or none. */
  readonly also?: readonly Change[];
  /** The same key is carried out once, however often it is tried. */
  readonly idempotencyKey?: string;
}

/**
 * The one way by which elements change data: asks the page by `before-save`, applies, tells how it ended.
 *
 * Never throws.
 */
export const save = async (host: CrmElement, change: Change, options: SaveOptions = {}): Promise<Saved> => {
  const detail = detailOf(change, options.record ?? null);
  try {
    if (!(await isAllowed(host, change, detail))) return { outcome: 'cancelled' };
    const store = host.source?.store;
    if (!store) throw new CrmError('config', 'There is no backend to save to.');
    const { idempotencyKey, also = [] } = options;
    const [applied] = await store.apply([change, ...also], idempotencyKey === undefined ? {} : { idempotencyKey });
    if (!applied) throw new CrmError('schema-mismatch', 'The store did not say how saving ended.');
    if (!applied.ok) throw applied.error;
    const { record } = applied;
    host.emit('save', {
      ...detail,
      id: applied.id,
      ...(record && { version: record.version }),
      record: () => record as AnyRecord | null,
    });
    return { outcome: 'saved', applied };
  } catch (cause) {
    return { outcome: 'failed', error: failed(host, cause, detail) };
  }
};

/** What events say of a change. */
export const detailOf = (change: Change, record: AnyRecord | null): RecordDetail => ({
  module: change.module,
  id: change.id,
  fields: 'values' in change ? Object.keys(change.values) : [],
  ...(record && { version: record.version }),
  record: () => record,
});

/** Whether no listener said no, at once or after a while. */
export const isAllowed = async (host: CrmElement, change: Change, detail: RecordDetail): Promise<boolean> => {
  const waits: PromiseLike<unknown>[] = [];
  const values = 'values' in change ? change.values : 'args' in change ? change.args : {};
  const before = {
    ...detail,
    op: change.op,
    values: () => values,
    wait: (promise: PromiseLike<unknown>) => void waits.push(promise),
  };
  if (!host.emit('before-save', before, { cancelable: true })) return false;
  const answers = await Promise.allSettled(waits);
  return answers.every(({ status }) => status === 'fulfilled');
};

/** Tells the page how saving failed. */
export const failed = (host: CrmElement, cause: unknown, detail: RecordDetail): CrmError => {
  const error = isCrmError(cause) ? cause : new CrmError('internal', 'Unexpected', {}, cause);
  const isConflict = isCrmError(error, 'conflict') || isCrmError(error, 'version-conflict');
  if (isConflict) host.emit('conflict', { ...detail, ...errorDetail(error) });
  return host.fail(error);
};
