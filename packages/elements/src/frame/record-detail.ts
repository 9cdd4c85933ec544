import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { RecordDetail } from './events.ts';

/** What an event says of a record. */
export const recordDetail = (module: string, record: AnyRecord): RecordDetail => ({
  module,
  id: record.id,
  version: record.version,
  record: () => record,
});
