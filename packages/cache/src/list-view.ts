import type { AnyRecord } from '@tessera-crm/model/module.js';
import { everything } from '@tessera-crm/model/query/filter.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { isAfter, order } from '@tessera-crm/model/query/order.js';
import type { Plan } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import type { LocalRecords } from './local-records.ts';
import type { StoredPage } from './storage.ts';

/**
 * A page as it is shown: the server's choice of records, which may rest on more than is known here, and within it
 * what waits to be sent. Records whose changes wait are judged here; all others stay where the server put them.
 */
export const showPage = (plan: Plan, page: StoredPage, records: LocalRecords): Page<AnyRecord> => {
  const { module, sort } = plan;
  const { shown } = records;
  const touched = records.touched(module.key);
  const chosen = page.ids.flatMap((id) => (touched.has(id) ? [] : (shown.getAny(module.key, id) ?? [])));
  const last = page.next === null ? undefined : chosen.toSorted(order(module, sort)).at(-1);
  const own = [...touched].flatMap((id) => {
    const record = shown.getAny(module.key, id);
    const fits =
      record &&
      matches(module, record, plan.filter, shown) &&
      (!plan.after || isAfter(module, sort, record, plan.after)) &&
      (!last || order(module, sort)(record, last) <= 0);
    return fits ? [record] : [];
  });
  const known = new Set(page.ids);
  const difference =
    own.filter(({ id }) => !known.has(id)).length -
    [...touched].filter((id) => known.has(id) && !own.some((record) => record.id === id)).length;
  const { count: _count, ...result } = runPlan(
    { ...plan, filter: everything, after: null },
    [...chosen, ...own],
    shown,
  );
  return { ...result, next: page.next, ...(page.count !== undefined && { count: page.count + difference }) };
};

/** A page of what is at hand, when the server was never asked or cannot be reached. */
export const localPage = (plan: Plan, records: LocalRecords): Page<AnyRecord> =>
  runPlan(plan, records.shown.all(plan.module.key), records.shown);
