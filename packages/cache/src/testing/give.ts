import type { AnyRecord } from '@tessera-crm/model/module.js';
import { keyOf } from '@tessera-crm/model/protocol/sync/client.js';
import type { LocalRecords } from '../local-records.ts';

/** A record as a server gives it; null when it is gone. */
export interface Given {
  readonly module: string;
  readonly id: string;
  readonly record: AnyRecord | null;
}

/**
 * Has local records take what a server gives.
 *
 * @param asked - The moment of the question; absent where the server answers a change, and nobody knows better.
 */
export const give = (records: LocalRecords, given: readonly Given[], asked?: number): void => {
  const asOf = asked === undefined ? 2 * records.moment + 1 : 2 * asked;
  const rows = given.flatMap(({ module, record }) => (record ? [{ module, record }] : []));
  const gone = given.flatMap(({ module, id, record }) => (record ? [] : [keyOf(module, id)]));
  records.truth.take({ asOf, aclSeq: 0, rows, gone });
};
