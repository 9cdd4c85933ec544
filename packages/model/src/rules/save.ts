import type { Issue } from '../errors.ts';
import { activityFields } from '../base-fields.ts';
import { fieldEntries } from '../field-entries.ts';
import { recordOfIdentity } from '../identity.ts';
import type { Id } from '../id.ts';
import type { AnyLink } from '../kinds/any-link.ts';
import { isAlwaysThere, isWritable, type AnyRecord, type Module } from '../module.ts';
import type { Identity, Reader, Rule, Step } from '../rule.ts';
import { perModule } from '../per-module.ts';
import { checkValues, pointer } from '../schema.ts';
import { same } from './conflicts.ts';
import { nextActivityOf } from './next-activity.ts';
import { checkReferences } from './references.ts';
import { checkStates } from './states.ts';
import { checkUnique } from './unique.ts';
import type { Workspace } from './workspace.ts';

export interface Saving {
  readonly module: string;
  readonly id: string;
  readonly before: AnyRecord | null;
  readonly values: Readonly<Record<string, unknown>>;
  /** `person` for what somebody gave, `rule` for what a rule did, else the action's name. */
  readonly origin: string;
  readonly act?: (step: Step) => Promise<void>;
}

/**
 * Brings one record to what it will be: checks what was given, fills defaults, runs the module's rules, computes,
 * checks references, lifecycle and uniqueness. All issues are collected; wrong types stop before the rules.
 */
export const save = async (workspace: Workspace, saving: Saving): Promise<AnyRecord> => {
  const module = workspace.context.registry.get(saving.module);
  const draft = new Draft(workspace, module, saving);
  draft.take(saving.values);
  draft.fillDefaults();
  await workspace.during(draft, async () => {
    await draft.runRules('fill');
    draft.checkRequired();
    if (draft.clean) await work(draft, workspace, saving);
  });
  workspace.issues.push(...draft.located);
  return draft.finish();
};

const work = async (draft: Draft, workspace: Workspace, { act, origin }: Saving): Promise<void> => {
  await act?.(draft);
  await draft.runRules();
  draft.compute();
  draft.checkRequired();
  await checkReferences(draft, workspace);
  checkStates(draft, origin);
  await checkUnique(draft, workspace);
};

/** Asks the module's rules whether a record may go to the recycle bin. */
export const mayDelete = async (workspace: Workspace, module: string, record: AnyRecord): Promise<void> => {
  const definition = workspace.context.registry.get(module);
  const draft = new Draft(workspace, definition, { module, id: record.id, before: record, values: {}, origin: 'rule' });
  await draft.runRules('delete');
  workspace.issues.push(...draft.located);
};

/** Takes a record out of the recycle bin, unless somebody took its place meanwhile. */
export const unbury = async (
  workspace: Workspace,
  { module, record, origin }: { readonly module: string; readonly record: AnyRecord; readonly origin: string },
): Promise<void> => {
  const definition = workspace.context.registry.get(module);
  const draft = new Draft(workspace, definition, { module, id: record.id, before: record, values: {}, origin });
  for (const field of ['deletedAt', 'deletedBy', 'deletionBatch']) draft.set(field, null);
  await workspace.during(draft, async () => {
    await draft.runRules('restore');
    // nobody told it of activities while it was away, and deleting it may have taken links to it from some
    const search = { read: workspace, timeZone: workspace.context.settings.timeZone };
    draft.set('nextActivityAt', await nextActivityOf({ module, id: record.id as Id }, search));
    await checkUnique(draft, workspace);
  });
  workspace.issues.push(...draft.located);
  await draft.finish();
};

/** One record in the making; what rules see as their step. */
export class Draft implements Step {
  readonly module: string;
  readonly id: string;
  readonly before: AnyRecord | null;
  readonly definition: Module;
  readonly issues: Issue[] = [];
  readonly origin: string;
  readonly #workspace: Workspace;
  #record: Record<string, unknown>;
  /** Under which the recycle bin keeps what this step removes. */
  #deletionBatch: string | undefined;

  constructor(workspace: Workspace, definition: Module, { module, id, before, origin }: Saving) {
    this.#workspace = workspace;
    this.definition = definition;
    this.module = module;
    this.id = id;
    this.before = before;
    this.origin = origin;
    this.#record = before ? { ...before } : { ...blank(definition), id };
  }

  get record(): AnyRecord {
    return this.#record as AnyRecord;
  }

  get read(): Reader {
    return this.#workspace;
  }

  get context() {
    return this.#workspace.context;
  }

  get made(): readonly AnyLink[] {
    return this.#workspace.made;
  }

  get clean(): boolean {
    return this.issues.length === 0;
  }

  /** The issues; those of a record that a rule works on say which one it is. */
  get located(): readonly Issue[] {
    if (this.origin !== 'rule') return this.issues;
    return this.issues.map((issue) => ({ ...issue, params: { ...issue.params, module: this.module } }));
  }

  get changedFields(): readonly string[] {
    return fieldEntries(this.definition).flatMap(([field]) => (this.changed(field) ? field : []));
  }

  changed(field: string): boolean {
    return !same(this.before?.[field] ?? null, this.#record[field] ?? null);
  }

  set(field: string, value: unknown): void {
    this.#record = { ...this.#record, [field]: value };
  }

  refuse(field: string, code: string, params?: Readonly<Record<string, unknown>>): void {
    this.issues.push({ path: field === '' ? '' : pointer([field]), code, ...(params && { params }) });
  }

  async update(module: string, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#workspace.setOpen(module, id, values)) return;
    const before = await this.#workspace.get(module, id);
    if (before) await save(this.#workspace, { module, id, before, values, origin: 'rule' });
  }

  async create(module: string, values: Readonly<Record<string, unknown>>): Promise<AnyRecord> {
    return save(this.#workspace, { module, id: this.context.newId(), before: null, values, origin: 'rule' });
  }

  async remove(module: string, id: string): Promise<void> {
    this.#deletionBatch ??= this.context.newId();
    await this.#workspace.remove(module, id, this.#deletionBatch);
  }

  /** Takes over what was given: known, writable fields with valid values. */
  take(values: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(values)) {
      const field = Object.hasOwn(this.definition.fields, name) ? this.definition.fields[name] : undefined;
      if (!field) this.refuse(name, 'unknown-field', { field: name, module: this.module });
      else if (!isWritable(field) && this.origin === 'person') this.refuse(name, 'read-only');
    }
    const { valid, issues } = checkValues(this.definition, values);
    Object.assign(this.#record, valid);
    this.issues.push(...issues);
    if (this.origin !== 'person') this.#takeComputed(values);
  }

  fillDefaults(): void {
    if (this.before) return;
    for (const [name, { options }] of fieldEntries(this.definition)) {
      if (this.#record[name] === null && options.default !== undefined) this.#record[name] = options.default;
    }
    this.#record['source'] ??= this.context.source;
    this.#record['owner'] ??= ownerOf(this.context.identity);
  }

  checkRequired(): void {
    for (const [name, field] of fieldEntries(this.definition)) {
      const value = this.#record[name];
      // what a record that is there does not even say is not for these eyes
      const isMissing = isAlwaysThere(field) && (value === null || (value === undefined && this.before === null));
      if (isMissing && !this.issues.some(({ path }) => path === pointer([name]))) {
        this.refuse(name, 'required');
      }
    }
  }

  async runRules(on?: Rule['on'] | 'restore'): Promise<void> {
    for (const rule of this.definition.rules) {
      if (on === 'restore' ? !rule.onRestore : rule.on !== on) continue;
      const always = on === 'delete' || on === 'restore' || this.before === null || !rule.when;
      const awake = always || rule.when.some((field) => this.changed(field));
      const before = this.issues.length;
      if (awake) await rule.run(this);
      for (let index = before; index < this.issues.length; index++) {
        const issue = this.issues[index]!;
        this.issues[index] = { ...issue, params: { ...issue.params, rule: rule.id } };
      }
    }
  }

  /** Computed fields, in the order of the table: one may use those above it. */
  compute(): void {
    for (const [name, { computed }] of fieldEntries(this.definition)) {
      if (computed)
        this.#record[name] =
          computed.rule(...(computed.from.map((from) => this.#record[from] ?? null) as never[])) ?? null;
    }
  }

  async finish(): Promise<AnyRecord> {
    const { now, identity } = this.context;
    const changed = this.changedFields;
    if (this.before && changed.length === 0) return this.before;
    await this.#number();
    const by = recordOfIdentity(identity);
    const isTouched = !this.before || changed.some((name) => !activityFields.includes(name));
    this.#record = {
      ...this.#record,
      version: (this.before?.version ?? 0) + 1,
      ...(!this.before && { createdAt: now, createdBy: by }),
      ...(isTouched && { updatedAt: now, updatedBy: by }),
    };
    this.#workspace.put(this.module, this.before, this.record, this.changedFields);
    return this.record;
  }

  #takeComputed(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      const field = this.definition.fields[name];
      if (field && !isWritable(field)) this.#record[name] = value;
    }
  }

  async #number(): Promise<void> {
    for (const [field, { options }] of fieldEntries(this.definition)) {
      if ('prefix' in options && typeof options.prefix === 'string' && this.#record[field] === null) {
        this.#record[field] = await this.#workspace.state.nextNumber({
          module: this.module,
          field,
          prefix: options.prefix,
        });
      }
    }
  }
}

const blank = /* @__PURE__ */ perModule((module): Readonly<Record<string, unknown>> => ({
  id: '',
  version: 0,
  ...Object.fromEntries(fieldEntries(module).map(([name]) => [name, null])),
}));

const ownerOf = (identity: Identity) => (identity.type === 'user' ? { type: 'user', id: identity.id } : null);
