import type { Module } from './module.ts';

/** What follows from a module's definition alone: made when it is first asked for, and kept as long as the module. */
export const perModule = <T extends object | string>(make: (module: Module) => T): ((module: Module) => T) => {
  const made = new WeakMap<Module, T>();
  return (module) => {
    let value = made.get(module);
    if (value === undefined) made.set(module, (value = make(module)));
    return value;
  };
};
