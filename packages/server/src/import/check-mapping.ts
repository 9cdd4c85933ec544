import { CrmError, type Issue } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import { isWritable } from '@tessera-crm/model/module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { ColumnSpec, Mapping } from './mapping.ts';
import { findTarget } from './target.ts';

const fieldOfKey = (key: string): string => key.replace(/~$/, '');

const unknownFields = (module: Module, names: readonly string[], at: string): readonly string[] =>
  names
    .filter((name) => !Object.hasOwn(module.fields, fieldOfKey(name)))
    .map((name) => `${at}: "${module.key}" has no field "${name}"`);

function* columnFaults(module: Module, registry: Registry, header: string, spec: ColumnSpec): Generator<string> {
  const at = `columns → ${header}`;
  const found = findTarget(module, spec);
  if ('why' in found) return yield `${at}: ${found.why}`;
  if (!spec.reference) return;
  const key = spec.reference.module ?? linkedModule(found.target.field.options);
  const target = key === undefined ? undefined : registry.find(key);
  if (!target) return yield `${at}: say in "reference" which module is looked in`;
  const by = [spec.reference.by].flat().filter((name) => name !== 'externalId');
  yield* unknownFields(target, [...by, ...Object.keys(spec.reference.set)], at);
  if (spec.reference.missing === 'create' && by.length === 0) yield `${at}: what is created needs a field in "by"`;
}

/** The one module that a link leads to. */
export const linkedModule = (options: object): string | undefined => {
  const { to } = options as { readonly to?: unknown };
  return typeof to === 'string' && to !== 'any' ? to : undefined;
};

function* faultsOf(mapping: Mapping, registry: Registry): Generator<string> {
  const module = registry.find(mapping.module);
  if (!module) return yield `module: there is no module "${mapping.module}"; there are ${registry.keys.join(', ')}`;
  for (const [header, specs] of Object.entries(mapping.columns))
    for (const spec of specs) yield* columnFaults(module, registry, header, spec);
  yield* unknownFields(module, mapping.duplicates.keys.flat(), 'duplicates');
  for (const name of Object.keys(mapping.set)) {
    const field = Object.hasOwn(module.fields, name) ? module.fields[name]! : undefined;
    if (!field) yield `set: "${module.key}" has no field "${name}"`;
    else if (!isWritable(field)) yield `set: "${name}" is filled in by the system`;
  }
}

/**
 * Refuses a mapping that speaks of modules or fields that do not exist.
 *
 * @throws {CrmError} `config` with all that is wrong
 */
export const checkMapping = (mapping: Mapping, registry: Registry): void => {
  const faults = [...faultsOf(mapping, registry)];
  if (faults.length === 0) return;
  const issues: readonly Issue[] = faults.map((code) => ({ path: '', code }));
  throw new CrmError('config', `The mapping for "${mapping.module}" is wrong:\n  ${faults.join('\n  ')}`, { issues });
};

/**
 * Refuses a file that lacks what the mapping needs: the headers of required fields, of ids and of groups.
 *
 * @throws {CrmError} `config`
 */
export const checkHeaders = (mapping: Mapping, registry: Registry, headers: readonly string[]): void => {
  const there = new Set(headers);
  const module = registry.get(mapping.module);
  const named = Object.entries(mapping.columns).filter(([header]) => there.has(header));
  const filled = new Set(named.flatMap(([, specs]) => specs.map(({ field }) => /^\w+/.exec(field)![0])));
  const missing = Object.entries(module.fields)
    .filter(([name, { presence }]) => presence === 'required' && !filled.has(name) && !(name in mapping.set))
    .map(([name]) => describe(mapping, name));
  const ways = mapping.externalId.map(({ columns }) => columns.filter((header) => !there.has(header)));
  const ids = ways.some((lacking) => lacking.length === 0) ? [] : (ways[0] ?? []);
  const others = [...ids, ...(mapping.group?.by ?? []).filter((header) => !there.has(header))];
  const all = [...missing, ...others.map((header) => `"${header}"`)];
  if (all.length === 0) return;
  const text = `The file lacks columns that "${mapping.module}" needs: ${all.join(', ')}. It has: ${headers.join(', ')}.`;
  throw new CrmError('config', text, { missing: all });
};

const describe = (mapping: Mapping, field: string): string => {
  const headers = Object.entries(mapping.columns)
    .filter(([, specs]) => specs.some((spec) => /^\w+/.exec(spec.field)![0] === field))
    .map(([header]) => `"${header}"`);
  return headers.length > 0 ? `${headers.join(' or ')} (${field})` : `one for ${field}`;
};
