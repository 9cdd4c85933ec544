import type { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import { matches } from '@tessera-crm/model/query/matches.js';

/**
 * Whether a record fits a filter, as far as the records at hand tell: undefined where that rests on a linked record
 * which is not here, or on whether there is one.
 */
export const judge = (module: Module, record: AnyRecord, filter: Filter, shown: RecordMap): boolean | undefined => {
  switch (filter.type) {
    case 'all':
      return every(filter.of, (of) => judge(module, record, of, shown));
    case 'any':
      return not(every(filter.of, (of) => not(judge(module, record, of, shown))));
    case 'none':
      return every(filter.of, (of) => not(judge(module, record, of, shown)));
    case 'has': {
      const id = record[filter.field];
      if (typeof id !== 'string') return false;
      if (!shown.getAny(filter.module, id)) return undefined;
      const other = shown.get(filter.module, id);
      return other !== undefined && judge(shown.registry.get(filter.module), other, filter.filter, shown);
    }
    case 'some': {
      const target = shown.registry.get(filter.module);
      const others = [...shown.linking(filter.module, filter.by, record.id)];
      return others.some((other) => judge(target, other, filter.filter, shown) === true) || undefined;
    }
    case 'id':
    case 'search':
    case 'test':
      return matches(module, record, filter, shown);
  }
};

const not = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

/** False as soon as one is false, whatever is known of the others. */
const every = (filters: readonly Filter[], truthOf: (filter: Filter) => boolean | undefined): boolean | undefined => {
  let all: boolean | undefined = true;
  for (const filter of filters) {
    const truth = truthOf(filter);
    if (truth === false) return false;
    if (truth === undefined) all = undefined;
  }
  return all;
};
