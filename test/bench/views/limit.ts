// What the views are held against: everything that matches, found and sorted as a whole after every change.
import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { compareSortKeys, sortKey } from '@tessera-crm/model/query/order.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';

export const sortWhole = (
  { module, filter, sort, limit }: Plan,
  records: Iterable<AnyRecord>,
  neighbours: RecordMap,
): readonly AnyRecord[] => {
  const compare = (a: AnyRecord, b: AnyRecord): number => {
    for (const { field, descending } of sort) {
      const definition = module.fields[field]!;
      const compared = compareSortKeys(definition, sortKey(definition, a[field]), sortKey(definition, b[field]));
      if (compared !== 0) return descending ? -compared : compared;
    }
    return a.id < b.id ? -1 : 1;
  };
  return [...records]
    .filter((record) => matches(module, record, filter, neighbours))
    .sort(compare)
    .slice(0, limit);
};
