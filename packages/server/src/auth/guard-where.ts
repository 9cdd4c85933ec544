import { CrmError, type Issue } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import { searchWords } from '@tessera-crm/model/query/parse-where.js';
import { linkTarget } from '@tessera-crm/model/query/plan.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { canRead, type Policy, type Rights } from './rights.ts';

/** No record at all. */
const nothing: Where = { id: { in: [] } };

/** Deeper filters are refused when they are parsed; there is no need to look into them. */
const maxDepth = 12;

export const unknownField = (path: string, field: string, module: Module): Issue => ({
  path,
  code: 'unknown-field',
  params: { field, module: module.key },
});

/**
 * Both filters at once without a level more for the given one, because depth is counted.
 *
 * @throws {CrmError} `validation` when the given filter is none.
 */
export const bothWhere = (given: Where, limit: Where | null): Where => {
  if (limit === null) return given;
  const all: unknown = given.all ?? [];
  if (!Array.isArray(all))
    throw new CrmError('validation', 'all: filter', { issues: [{ path: '/where/all', code: 'filter' }] });
  return { ...given, all: [...(all as readonly Where[]), limit] };
};

/** Walks a filter in the eyes of one identity: what it may not see is as if it were not there. */
export class WhereGuard {
  readonly issues: Issue[] = [];
  readonly #registry: Registry;
  readonly #policy: Policy;

  constructor(registry: Registry, policy: Policy) {
    this.#registry = registry;
    this.#policy = policy;
  }

  /** The rights over a module that is to be read. @throws {CrmError} `not-found` · `forbidden` */
  reading(key: string): { readonly module: Module; readonly rights: Rights } {
    const module = this.#registry.get(key);
    const rights = this.#policy(module);
    if (!rights) throw new CrmError('not-found', `There is no module "${key}".`, { module: key });
    if (!rights.may('read')) throw new CrmError('forbidden', `This token may not read ${key}.`, { reason: 'scope' });
    return { module, rights };
  }

  /** Whether a related module may be read into. @throws {CrmError} `forbidden` when only the token's scope forbids it. */
  reaches(key: string | undefined): boolean {
    const module = key === undefined ? undefined : this.#registry.find(key);
    if (!module || !this.#policy(module)) return false;
    this.reading(module.key);
    return true;
  }

  /** The filter with the identity's own ANDed into it, and into every relation that it reaches through. */
  rewrite(key: string, where: unknown, path = '/where'): Where {
    const { module, rights } = this.reading(key);
    return bothWhere(this.#node(module, where ?? {}, path) as Where, rights.where);
  }

  /** Free text over the readable search fields only: what the index of all of them finds would tell of the others. */
  search(key: string, search: string | undefined): Where | null {
    const { module, rights } = this.reading(key);
    const words = searchWords(search ?? '');
    if (words.length === 0) return null;
    const fields = module.search.filter(
      (name) => canRead(rights, name) && ['text', 'list'].includes(module.fields[name]!.kind.domain),
    );
    return fields.length === 0
      ? nothing
      : { all: words.map((word) => ({ any: fields.map((field) => ({ [field]: { contains: word } })) })) };
  }

  #node(module: Module, where: unknown, path: string): unknown {
    if (typeof where !== 'object' || where === null || Array.isArray(where) || path.split('/').length > maxDepth)
      return where;
    return Object.fromEntries(
      Object.entries(where).map(([key, value]) => [key, this.#entry(module, key, { value, path: `${path}/${key}` })]),
    );
  }

  #entry(module: Module, key: string, { value, path }: { readonly value: unknown; readonly path: string }): unknown {
    if (key === 'id') return value;
    if (key === 'all' || key === 'any' || key === 'none')
      return Array.isArray(value) ? value.map((item, index) => this.#node(module, item, `${path}/${index}`)) : value;
    const rights = this.#policy(module)!;
    if (Object.hasOwn(module.fields, key)) {
      if (!canRead(rights, key)) this.issues.push(unknownField(path, key, module));
      return this.#through(linkTarget(module.fields[key]!), value, { path, quantifiers: ['has'] });
    }
    if (!Object.hasOwn(module.many, key)) return value;
    const relation = module.many[key]!;
    const target = this.#registry.find(relation.module);
    const targetRights = target && this.#policy(target);
    if (!targetRights || !canRead(targetRights, relation.by)) this.issues.push(unknownField(path, key, module));
    return this.#through(relation.module, value, { path, quantifiers: ['some', 'none'] });
  }

  /** The operands that are filters over another module's records. */
  #through(
    target: string | undefined,
    value: unknown,
    { path, quantifiers }: { readonly path: string; readonly quantifiers: readonly string[] },
  ): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, operand]) => {
        if (!quantifiers.includes(name)) return [name, operand];
        if (this.reaches(target)) return [name, this.rewrite(target!, operand, `${path}/${name}`)];
        this.issues.push({ path: `${path}/${name}`, code: 'unknown-operator', params: { operator: name } });
        return [name, operand];
      }),
    );
  }
}
