import type { Field } from '../kind.ts';
import type { Module } from '../module.ts';
import { isSortable } from '../query/plan.ts';
import type { Aggregate } from '../query/query.ts';
import type { Random } from '../random.ts';

/** Amounts of several currencies, equal but written with more or fewer digits, may show either way. */
const isPlain = ({ kind, options }: Field): boolean =>
  kind.storage(options).columns.length < 2 || kind.domain !== 'decimal';

/** A question that the module can answer. */
export const randomAggregate = (random: Random, module: Module): Aggregate => {
  const fields = Object.entries(module.fields).filter(([, field]) => isSortable(field) && isPlain(field));
  const pick = (fits: (field: Field) => boolean): string => random.pick(fields.filter(([, field]) => fits(field)))[0];
  const rows = Array.from({ length: random.integer(0, 2) }, () => {
    if (random.chance(0.5)) return pick(() => true);
    return {
      field: pick(({ kind }) => kind.domain === 'date' || kind.domain === 'instant'),
      by: random.pick(['day', 'week', 'month', 'quarter', 'year'] as const),
    };
  });
  const numeric = fields
    .filter(([, { kind }]) => kind.domain === 'decimal' || kind.domain === 'number')
    .map(([name]) => name);
  const measures = Array.from({ length: random.integer(1, 3) }, () => {
    const fn = random.pick(['count', 'min', 'max', 'sum', 'average'] as const);
    if (fn === 'count' && random.chance(0.5)) return { fn };
    return {
      fn,
      field:
        fn === 'sum' || fn === 'average'
          ? random.pick(numeric.length > 0 ? numeric : [pick(() => true)])
          : pick(() => true),
    };
  });
  return { rows, measures: numeric.length > 0 ? measures : [{ fn: 'count' }] };
};
