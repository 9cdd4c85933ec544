import type { Field } from './kind.ts';
import type { Module } from './module.ts';

type FieldEntries = readonly (readonly [name: string, field: Field])[];

const known = new WeakMap<Module, FieldEntries>();

/** The fields of a module with their names, in the order of its table; listed once, because every save walks them often. */
export const fieldEntries = (module: Module): FieldEntries => {
  let entries = known.get(module);
  if (!entries) known.set(module, (entries = Object.entries(module.fields)));
  return entries;
};
