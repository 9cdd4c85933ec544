import { targets, type RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import { linkTarget, type Include, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Changes } from '../watchers.ts';

/** From a record to those whose truth hangs on it: the ones that link to it, or the ones that it links to. */
interface Step {
  readonly from: string;
  readonly to: 'holders' | 'targets';
  readonly module: string;
  /** The link, whichever of both has it. */
  readonly by: string;
}

/** From a record that a filter looks at, step by step, to the records that are filtered. */
type Path = readonly [Step, ...Step[]];

/** Which records a change of others concerns: those whose filter looks at them. */
export class Dependents {
  readonly #module: Module;
  readonly #registry: Registry;
  readonly #paths = new Map<string, Path[]>();

  constructor({ module, filter }: Pick<Plan, 'module' | 'filter'>, registry: Registry) {
    this.#module = module;
    this.#registry = registry;
    this.#walk(module, filter, []);
  }

  /** The modules whose records decide about what is found, the filtered one first. */
  get modules(): readonly string[] {
    return [...new Set([this.#module.key, ...this.#paths.keys()])];
  }

  /** The ids of the records that are to be judged again, each with the moment of what changed last for it. */
  of(changes: Changes, shown: RecordMap): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    const note = (id: string, at: number): void => void found.set(id, Math.max(at, found.get(id) ?? 0));
    for (const [id, { at }] of changes.get(this.#module.key) ?? []) note(id, at);
    for (const [module, paths] of this.#paths) {
      for (const [id, { before, at }] of changes.get(module) ?? []) {
        const looks = [before, shown.getAny(module, id)];
        for (const path of paths) for (const one of follow(path, id, looks, shown)) note(one, at);
      }
    }
    return found;
  }

  #walk(module: Module, filter: Filter, path: readonly Step[]): void {
    if ('of' in filter) for (const inner of filter.of) this.#walk(module, inner, path);
    if (filter.type === 'has')
      this.#add({ from: filter.module, to: 'holders', module: module.key, by: filter.field }, filter.filter, path);
    if (filter.type === 'some')
      this.#add({ from: filter.module, to: 'targets', module: module.key, by: filter.by }, filter.filter, path);
  }

  #add(step: Step, filter: Filter, path: readonly Step[]): void {
    const paths = this.#paths.get(step.from);
    if (paths) paths.push([step, ...path]);
    else this.#paths.set(step.from, [[step, ...path]]);
    this.#walk(this.#registry.get(step.from), filter, [step, ...path]);
  }
}

/** @param looks - The record before and after its change. */
const follow = (
  [{ to, module, by }, ...rest]: Path,
  id: string,
  looks: readonly (AnyRecord | undefined)[],
  shown: RecordMap,
): readonly string[] => {
  const found =
    to === 'holders' ? [...shown.holding(module, by, id)] : looks.flatMap((record) => targets(record?.[by]));
  const [next, ...more] = rest;
  if (!next) return found;
  return found.flatMap((one) => follow([next, ...more], one, [shown.getAny(module, one)], shown));
};

/** The modules whose records come along. */
export const includedModules = (module: Module, include: Include, registry: Registry): readonly string[] =>
  Object.entries(include).flatMap(([link, deeper]) => {
    const target = linkTarget(module.fields[link]!)!;
    return [target, ...includedModules(registry.get(target), deeper, registry)];
  });
