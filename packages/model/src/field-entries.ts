import type { Field } from './kind.ts';
import type { Module } from './module.ts';
import { perModule } from './per-module.ts';

/** The fields of a module with their names, in the order of its table; listed once, because every save walks them often. */
export const fieldEntries: (module: Module) => readonly (readonly [name: string, field: Field])[] =
  /* @__PURE__ */ perModule(({ fields }) => Object.entries(fields));
