import type { AnyRecord, Module } from '../module.ts';
import type { Registry } from '../registry.ts';
import type { Filter } from './filter.ts';
import { passes } from './operators.ts';
import { searchText } from './search-text.ts';

/** How an engine in memory finds the records that a filter names across relations. */
export interface Neighbours {
  readonly registry: Registry;
  /** A record that is not deleted. */
  get(module: string, id: string): AnyRecord | undefined;
  /** The records of `module` that are not deleted and whose link `by` is `id`. */
  linking(module: string, by: string, id: string): Iterable<AnyRecord>;
}

/** Whether a record fits a filter. This is the meaning of filters; every other engine is held to it. */
export const matches = (module: Module, record: AnyRecord, filter: Filter, neighbours: Neighbours): boolean => {
  const fits = (of: Filter): boolean => matches(module, record, of, neighbours);
  switch (filter.type) {
    case 'all':
      return filter.of.every(fits);
    case 'any':
      return filter.of.some(fits);
    case 'none':
      return !filter.of.some(fits);
    case 'id':
      return filter.ids.includes(record.id) !== filter.negate;
    case 'search': {
      const text = searchText(module, record);
      return filter.words.every((word) => text.includes(word));
    }
    case 'test': {
      const { kind, options } = module.fields[filter.field]!;
      const value = record[filter.field] ?? null;
      // a value that compares with nothing has no key, and is there nevertheless
      if (filter.test.op === 'there') return (value !== null) !== filter.negate;
      return passes(value === null ? null : kind.key(value, options), filter.test, kind.domain) !== filter.negate;
    }
    case 'has': {
      const id = record[filter.field];
      const other = typeof id === 'string' ? neighbours.get(filter.module, id) : undefined;
      return other !== undefined && matches(neighbours.registry.get(filter.module), other, filter.filter, neighbours);
    }
    case 'some': {
      const target = neighbours.registry.get(filter.module);
      for (const other of neighbours.linking(filter.module, filter.by, record.id)) {
        if (matches(target, other, filter.filter, neighbours)) return true;
      }
      return false;
    }
  }
};
