import type { Control, Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { isSortable, linkTarget } from '@tessera-crm/model/query/plan.js';
import type { Registry } from '@tessera-crm/model/registry.js';

/** One column of a list: a field and how its values are laid out. */
export interface Column {
  readonly name: string;
  readonly field: Field;
  readonly control: Control;
  readonly isSortable: boolean;
  /** Figures stand under each other, so that they can be compared. */
  readonly isFigure: boolean;
  /** The module whose record comes along with ours; undefined for everything but links to one module. */
  readonly target: string | undefined;
}

const figures = new Set<Control['as']>(['number', 'money']);

/** The columns of a list by their names, those that this identity knows. */
export const columnsOf = (module: Module, registry: Registry, names: readonly string[]): readonly Column[] =>
  [...new Set(names)].flatMap((name) => {
    const field = Object.hasOwn(module.fields, name) ? module.fields[name] : undefined;
    return field ? [columnOf(name, field, registry)] : [];
  });

const columnOf = (name: string, field: Field, registry: Registry): Column => {
  const control = field.kind.control(field.options);
  const target = linkTarget(field);
  const isOne = control.as === 'link' && !control.many && target !== undefined && registry.find(target) !== undefined;
  return {
    name,
    field,
    control,
    isSortable: isSortable(field),
    isFigure: figures.has(control.as),
    target: isOne ? target : undefined,
  };
};

/** The order after pressing a column's head: upwards, downwards, as it was. */
export const nextSort = (sort: readonly string[] | undefined, name: string): readonly string[] | undefined => {
  const [first] = sort ?? [];
  if (first === name) return [`-${name}`];
  return first === `-${name}` ? undefined : [name];
};
