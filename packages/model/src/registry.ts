import { CrmError } from './errors.ts';
import type { Field } from './kind.ts';
import type { Module } from './module.ts';

/** A link that points to a module: which field of which module. */
export interface Incoming {
  readonly module: string;
  readonly field: string;
  readonly onDelete: 'cascade' | 'restrict' | 'detach' | 'keep';
  /** The filter that the record must match for that; none means always. */
  readonly onDeleteWhile: Readonly<Record<string, unknown>> | undefined;
}

/** The modules of a tenant by key: the built-in ones, and later its own. */
export class Registry {
  readonly #modules: ReadonlyMap<string, Module>;
  readonly #incoming = new Map<string, readonly Incoming[]>();

  constructor(modules: Iterable<Module>) {
    this.#modules = new Map([...modules].map((module) => [module.key, module]));
  }

  get keys(): readonly string[] {
    return [...this.#modules.keys()];
  }

  get all(): readonly Module[] {
    return [...this.#modules.values()];
  }

  find(key: string): Module | undefined {
    return this.#modules.get(key);
  }

  /** @throws {CrmError} `not-found` when there is no such module. */
  get(key: string): Module {
    const module = this.#modules.get(key);
    if (!module) throw new CrmError('not-found', `There is no module "${key}".`, { module: key });
    return module;
  }

  /** The links of all modules that point to this one. */
  incoming(key: string): readonly Incoming[] {
    let found = this.#incoming.get(key);
    if (!found) this.#incoming.set(key, (found = this.all.flatMap((module) => incomingOf(module, key))));
    return found;
  }
}

const incomingOf = (module: Module, key: string): readonly Incoming[] =>
  Object.entries(module.fields)
    .filter(([, { options }]) => leadsTo(options as LinkRules, key))
    .map(([field, { options }]) => incoming(module.key, field, options));

/** Links to several modules matter only where they say what becomes of them. */
const leadsTo = ({ to = [], onDelete }: LinkRules, key: string): boolean =>
  typeof to === 'string' && to !== 'any' ? to === key : onDelete !== undefined && (to === 'any' || to.includes(key));

const incoming = (module: string, field: string, options: Field['options'] & LinkRules): Incoming => ({
  module,
  field,
  onDelete: options.onDelete ?? 'keep',
  onDeleteWhile: options.onDelete === 'detach' ? options.detachWhile : options.restrictWhile,
});

interface LinkRules {
  readonly to?: string | readonly string[];
  readonly onDelete?: Incoming['onDelete'];
  readonly restrictWhile?: Readonly<Record<string, unknown>>;
  readonly detachWhile?: Readonly<Record<string, unknown>>;
}
