import { groupRecords } from '@tessera-crm/model/memory/group.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { QueryContext } from '@tessera-crm/model/query/query-context.js';
import type { Aggregate, Group } from '@tessera-crm/model/query/query.js';
import type { LocalRecords } from './local-records.ts';

/** Groups what is at hand, when the server cannot be asked. */
export const aggregateLocally = (
  { module, filter }: Plan,
  aggregate: Aggregate,
  { shown }: LocalRecords,
  { timeZone }: QueryContext,
): readonly Group[] => {
  const matching = [...shown.all(module.key)].filter((record) => matches(module, record, filter, shown));
  return groupRecords(module, matching, aggregate, timeZone);
};
