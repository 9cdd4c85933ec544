import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, isCrmError, type Issue } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { same, type FieldConflict } from '@tessera-crm/model/rules/conflicts.js';
import { pointer } from '@tessera-crm/model/schema.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { Counted } from '../store/counting.ts';
import { unknownField } from './guard-where.ts';
import { canRead, type Policy, type Rights } from './rights.ts';
import type { Doing } from './scope-claims.ts';

type List = (module: string, query: Query) => Promise<Page<AnyRecord>>;

type Values = Readonly<Record<string, unknown>>;

const doingOf: Readonly<Record<Change['op'], Doing>> = {
  create: 'create',
  update: 'edit',
  delete: 'delete',
  restore: 'delete',
  act: 'act',
};

/** Lets through the changes that an identity may make, and shows of their outcome what it may see. */
export class ChangeGuard {
  readonly #registry: Registry;
  readonly #policy: Policy;
  /** Reads under the same policy. */
  readonly #list: List;

  constructor(registry: Registry, policy: Policy, list: List) {
    this.#registry = registry;
    this.#policy = policy;
    this.#list = list;
  }

  /** The changes of an atomic batch as they may be carried out. @throws {CrmError} The first refusal. */
  async allow(changes: readonly Change[]): Promise<readonly Change[]> {
    return Promise.all(changes.map(async (change) => this.#allow(change, changes)));
  }

  /**
   * The change as it may be carried out by itself, or why not. It may not count on others of its batch: when one that
   * claims to create a record fails, that record is somebody else's.
   */
  async allowOne(change: Change): Promise<Change | CrmError> {
    try {
      return await this.#allow(change, []);
    } catch (error) {
      if (isCrmError(error)) return error;
      throw error;
    }
  }

  show(applied: Applied): Applied {
    if (!applied.ok) return { ...applied, error: this.showError(applied.module, applied.error) };
    return { ...applied, record: applied.record && this.#project(applied.module, applied.record) };
  }

  /** @param changes - What the mutation consisted of. */
  showOutcome(counted: Counted, changes: readonly Change[]): Counted {
    if ('gap' in counted) return counted;
    if (!counted.ok) return { ...counted, error: this.showError(changes[0]?.module ?? '', counted.error) };
    const { conflicts } = counted;
    return conflicts ? { ...counted, conflicts: conflicts.flatMap((one) => this.#shown(one.module, [one])) } : counted;
  }

  /** Of fields that may not be read, nothing is told, and neither is who changed them where that is hidden. */
  #shown<C extends FieldConflict>(key: string, conflicts: readonly C[]): readonly C[] {
    const rights = this.#policy(this.#registry.get(key));
    if (!rights) return [];
    return conflicts
      .filter(({ field }) => canRead(rights, field))
      .map((one) => (canRead(rights, 'updatedBy') || !('by' in one) ? one : { ...one, by: null }));
  }

  /** An error may name only fields that may be read. */
  showError(key: string, given: CrmError): CrmError {
    const module = this.#registry.find(key);
    const rights = module && this.#policy(module);
    if (!rights || rights.read === null) return given;
    const { conflicts } = given.facts;
    const error = conflicts
      ? new CrmError(given.code, given.message, {
          ...given.facts,
          conflicts: this.#shown(key, conflicts as readonly FieldConflict[]),
        })
      : given;
    const isShown = ({ path }: Issue): boolean => {
      const field = path.split('/')[1] ?? '';
      return (
        (field === '' ||
          field === 'args' ||
          field === 'where' ||
          canRead(rights, field) ||
          rights.create?.has(field)) ??
        false
      );
    };
    if (error.issues.every(isShown)) return error;
    const issues = error.issues.map((issue): Issue => (isShown(issue) ? issue : { path: '', code: issue.code }));
    // the message names fields too
    return new CrmError(error.code, invalid(issues).message, { ...error.facts, issues }, error.cause);
  }

  async #allow(change: Change, batch: readonly Change[]): Promise<Change> {
    const module = this.#registry.get(change.module);
    const rights = this.#policy(module);
    if (!rights) throw new CrmError('not-found', `There is no module "${change.module}".`, { module: change.module });
    if (!rights.may(doingOf[change.op]))
      throw new CrmError('forbidden', `This identity may not ${doingOf[change.op]} ${change.module}.`, {
        reason: 'scope',
      });
    if (change.op !== 'create' && rights.where !== null) await this.#mustExist(change, batch);
    if (change.op === 'create')
      return { ...change, values: await this.#created(module, rights, { values: change.values, batch }) };
    if (change.op === 'update')
      await this.#checkValues(module, rights, { values: change.values, allowed: rights.edit, batch });
    if (change.op === 'act') await this.#checkAction(module, rights, change, batch);
    return change;
  }

  /** What others own looks as if it did not exist. Records made earlier in the same batch are the author's own. */
  async #mustExist({ module, id }: Change, batch: readonly Change[]): Promise<void> {
    if (batch.some((other) => other.op === 'create' && other.module === module && other.id === id)) return;
    if (!(await this.#sees(module, id))) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
  }

  async #sees(module: string, id: string): Promise<boolean> {
    const { records } = await this.#list(module, { where: { id: { is: id } }, limit: 1, archived: 'with', fields: [] });
    return records.length > 0;
  }

  async #created(
    module: Module,
    rights: Rights,
    { values, batch }: { readonly values: Values; readonly batch: readonly Change[] },
  ): Promise<Values> {
    const given = Object.fromEntries(
      Object.entries(values).filter(
        ([name, value]) => !(Object.hasOwn(rights.forced, name) && same(value, rights.forced[name])),
      ),
    );
    await this.#checkValues(module, rights, { values: given, allowed: rights.create, batch });
    return { ...given, ...rights.forced };
  }

  async #checkValues(
    module: Module,
    rights: Rights,
    {
      values,
      allowed,
      batch,
    }: { readonly values: Values; readonly allowed: Rights['edit']; readonly batch: readonly Change[] },
  ): Promise<void> {
    const issues = Object.keys(values)
      .filter((name) => allowed !== null && !allowed.has(name))
      .map((name) =>
        canRead(rights, name) && Object.hasOwn(module.fields, name)
          ? { path: pointer([name]), code: 'read-only' }
          : unknownField(pointer([name]), name, module),
      );
    // whether what it links to exists must not be learned by fields that are refused anyway
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => allowed === null || allowed.has(name)));
    issues.push(...(await this.#checkLinks(module.fields, { values: own, path: [], batch })));
    if (issues.length > 0) throw invalid(issues);
  }

  async #checkAction(
    module: Module,
    rights: Rights,
    change: Change & { readonly op: 'act' },
    batch: readonly Change[],
  ): Promise<void> {
    if (rights.actions !== null && !rights.actions.has(change.action))
      throw new CrmError('not-found', `"${module.key}" has no action "${change.action}".`, { action: change.action });
    const args = Object.hasOwn(module.actions, change.action) ? module.actions[change.action]!.args : {};
    const issues = await this.#checkLinks(args, { values: change.args, path: ['args'], batch });
    if (issues.length > 0) throw invalid(issues);
  }

  /** One may only link to what one sees: a link that is accepted would tell that the other record exists. */
  async #checkLinks(
    fields: Readonly<Record<string, Field>>,
    {
      values,
      path,
      batch,
    }: { readonly values: Values; readonly path: readonly string[]; readonly batch: readonly Change[] },
  ): Promise<readonly Issue[]> {
    const issues: Issue[] = [];
    for (const [name, value] of Object.entries(values)) {
      const field = Object.hasOwn(fields, name) ? fields[name]! : undefined;
      for (const { module, id } of field ? linksIn(field, value) : []) {
        const isNew = batch.some((change) => change.op === 'create' && change.module === module && change.id === id);
        if (!isNew && !(await this.#isVisible(module, id)))
          issues.push({ path: pointer([...path, name]), code: 'missing-link', params: { module, id } });
      }
    }
    return issues;
  }

  async #isVisible(key: string, id: string): Promise<boolean> {
    const module = this.#registry.find(key);
    const rights = module && this.#policy(module);
    // a token that is narrowed by scope only may link to what it could not read: the link itself says nothing
    if (rights && rights.where === null) return true;
    return rights ? this.#sees(key, id) : false;
  }

  #project(key: string, record: AnyRecord): AnyRecord {
    const rights = this.#policy(this.#registry.get(key))!;
    if (!rights.may('read') && rights.where === null) return { id: record.id, version: record.version };
    if (rights.read === null) return record;
    return {
      id: record.id,
      version: record.version,
      ...Object.fromEntries([...rights.read].map((name) => [name, record[name] ?? null])),
    };
  }
}

interface Target {
  readonly module: string;
  readonly id: string;
}

/** The records that a value of a field points to, whatever shape its links have; unfit values are for others to refuse. */
const linksIn = ({ options }: Field, value: unknown): readonly Target[] => {
  if (!('to' in options)) return [];
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).flatMap((item): readonly Target[] => {
    if (typeof item === 'string')
      return typeof options.to === 'string' && options.to !== 'any' ? [{ module: options.to, id: item }] : [];
    const { module, id } = (item ?? {}) as { readonly module?: unknown; readonly id?: unknown };
    return typeof module === 'string' && typeof id === 'string' ? [{ module, id }] : [];
  });
};
