import type { Change } from '@tessera-crm/model/change.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { Draft, ExternalId } from './draft.ts';
import { comparable, type KnownRecords } from './known-records.ts';
import { LinkResolver, type Missing, type ResolverOptions } from './link-resolver.ts';
import type { DuplicatePolicy, Mapping } from './mapping.ts';
import { messageOf as message, type RowMessage } from './outcome.ts';
import type { LateLink, RowPlan } from './plan-row.ts';
import { moduleOf } from './resolve-links.ts';

export interface PlannerOptions extends ResolverOptions {
  readonly mapping: Mapping;
  /** What is done with records that are here already. */
  readonly policy: DuplicatePolicy;
}

/** Decides what becomes of each row: finds what it names, whether it is here already, and what has to be written. */
export class RowPlanner {
  readonly #options: PlannerOptions;
  readonly #known: KnownRecords;
  /** Values of records that this import made and the store may not have yet. */
  readonly #made = new Map<
    string,
    { readonly values: Readonly<Record<string, unknown>> | null; readonly row: number }
  >();

  readonly #resolver: LinkResolver;

  constructor(options: PlannerOptions, known: KnownRecords) {
    this.#options = options;
    this.#known = known;
    this.#resolver = new LinkResolver(options);
  }

  /** Texts that named nothing where that is nobody's fault, and how often. */
  get misses(): ReadonlyMap<string, number> {
    return this.#resolver.misses;
  }

  /** Which record that is here the row is about, if any. */
  match(draft: Draft): { readonly id: string; readonly message: RowMessage } | null {
    const [own] = draft.externalIds;
    const imported = own && this.#known.byExternalId(own);
    if (imported !== undefined) return { id: imported, message: message(null, 'here-already') };
    if (this.#options.policy === 'create') return null;
    const before = draft.content && this.#known.byExternalId(draft.content);
    if (before) return { id: before, message: message(null, 'here-already') };
    for (const keys of this.#options.mapping.duplicates.keys) {
      const id = this.#sameBy(keys, draft, own);
      if (id === undefined) continue;
      const row = this.#made.get(id)?.row;
      return {
        id,
        message: message(null, 'duplicate', {
          keys: keys.map((key) => key.replace(/~$/, '')),
          ...(row !== undefined && { row }),
        }),
      };
    }
    return null;
  }

  #sameBy(keys: readonly string[], { values }: Draft, own: ExternalId | undefined): string | undefined {
    let found: readonly string[] | undefined;
    for (const key of keys) {
      const wanted = comparable(this.#options.module, key, values[key.replace(/~$/, '')]);
      const ids = wanted.flatMap((value) => this.#known.by(key, value));
      found = found ? found.filter((id) => ids.includes(id)) : ids;
      if (found.length === 0) return undefined;
    }
    return found?.find((id) => !this.#known.isOther(id, own));
  }

  /** Whether the record of a match has to be read before `plan` can tell what changes. */
  needsRecord(id: string): boolean {
    return (this.#options.policy === 'fill' || this.#options.policy === 'overwrite') && !this.#made.get(id)?.values;
  }

  /**
   * @param record - The record that `match` found, where `needsRecord` asks for it.
   * @param missing - Collects what has to be made first.
   */
  async plan(draft: Draft, record: AnyRecord | null, missing: Missing[]): Promise<RowPlan> {
    const left = this.#leftOut(draft);
    if (left) return { draft, outcome: 'skipped', id: null, change: null, messages: [left], late: [] };
    const match = this.match(draft);
    if (match && this.#options.policy !== 'fill' && this.#options.policy !== 'overwrite')
      return {
        draft,
        outcome: 'skipped',
        id: match.id,
        change: null,
        messages: [match.message],
        late: this.#toOwnKind(draft, match.id),
      };
    const id = match?.id ?? this.#options.newId();
    const late = draft.faults.length > 0 ? [] : await this.#resolver.resolve(draft, id, missing);
    if (draft.faults.length > 0)
      return { draft, outcome: 'failed', id: null, change: null, messages: draft.faults, late: [] };
    return match
      ? this.#update(draft, { id, late, record: record ?? this.#madeRecord(id) })
      : this.#create(draft, id, late);
  }

  /** Links within the file are made last: an import that was stopped before has left them undone. */
  #toOwnKind({ links }: Draft, id: string): readonly LateLink[] {
    return links
      .filter((link) => link.line === null && moduleOf(link) === this.#options.module.key)
      .map((link) => ({ link, id, isRepeated: true }));
  }

  /** Takes back what was remembered of a record that could not be written. */
  forget({ id, draft }: RowPlan): void {
    if (id === null || !this.#made.delete(id)) return;
    this.#known.remove(id, draft.values);
  }

  /** Takes back what was remembered of a record that rows name and that could not be made. */
  forgetMissing({ module, id, values }: Missing): void {
    this.#options.modules.loaded(module)?.remove(id, values);
  }

  /** Records of earlier batches are in the store; only where they came from is still of use. */
  settle(): void {
    for (const [id, { row }] of this.#made) this.#made.set(id, { values: null, row });
  }

  #leftOut({ leftOut, externalIds: [named], content }: Draft): RowMessage | null {
    if (leftOut !== null) return message(null, 'left-out', { why: leftOut });
    const own = named ?? (this.#options.policy === 'create' ? null : content);
    return own && this.#known.byExternalId(own) === undefined && this.#known.isDeleted(own)
      ? message(null, 'deleted')
      : null;
  }

  #madeRecord(id: string): AnyRecord | null {
    const made = this.#made.get(id);
    return made?.values ? { id, version: 1, ...made.values } : null;
  }

  #create(draft: Draft, id: string, late: readonly LateLink[]): RowPlan {
    const { module, file, system } = this.#options;
    const [own] = draft.externalIds;
    draft.values['sourceRef'] ??= (own ? `${system}:${own.type}:${own.id}` : `${file}:${draft.row}`).slice(0, 255);
    const ids = draft.content && this.#options.policy !== 'create' ? [draft.content] : draft.externalIds;
    if (ids.length > 0) draft.values['externalIds'] = ids;
    if (Object.keys(draft.kept).length > 0) draft.values['custom'] = { import: draft.kept };
    this.#known.add(id, draft.values);
    this.#made.set(id, { values: draft.values, row: draft.row });
    const change: Change = { op: 'create', module: module.key, id, values: draft.values };
    return { draft, outcome: 'imported', id, change, messages: draft.warnings, late };
  }

  #update(
    draft: Draft,
    {
      id,
      late,
      record,
    }: { readonly id: string; readonly late: readonly LateLink[]; readonly record: AnyRecord | null },
  ): RowPlan {
    const { module, policy } = this.#options;
    const given = Object.entries(draft.values).filter(([name, value]) => {
      const here = record?.[name] ?? null;
      return (
        value !== null &&
        (policy === 'overwrite' || here === null) &&
        !same(here, canonical(module.fields[name]!, value))
      );
    });
    const values = { ...Object.fromEntries(given), ...identified(draft, record), ...keptWith(draft, record) };
    if (Object.keys(values).length === 0)
      return { draft, outcome: 'skipped', id, change: null, messages: [message(null, 'unchanged')], late: [] };
    if (draft.externalIds.length > 0) this.#known.add(id, { externalIds: draft.externalIds });
    return {
      draft,
      outcome: 'updated',
      id,
      change: { op: 'update', module: module.key, id, values },
      messages: draft.warnings,
      late,
    };
  }
}

/** A value as the store will have it, so that what is the same looks the same. */
const canonical = ({ kind, options }: Field, value: unknown): unknown => {
  const checked = kind.schema(options).safeParse(value);
  return checked.success ? checked.data : value;
};

/** From now on the record is known by these ids as well. */
const identified = ({ externalIds }: Draft, record: AnyRecord | null): Readonly<Record<string, unknown>> => {
  const here = (record?.['externalIds'] ?? []) as readonly ExternalId[];
  const isHere = (one: ExternalId): boolean =>
    here.some(({ system, type, id }) => system === one.system && type === one.type && id === one.id);
  const added = externalIds.filter((one) => !isHere(one));
  return added.length > 0 ? { externalIds: [...here, ...added] } : {};
};

const keptWith = ({ kept }: Draft, record: AnyRecord | null): Readonly<Record<string, unknown>> => {
  if (Object.keys(kept).length === 0) return {};
  const custom = (record?.['custom'] ?? {}) as Readonly<Record<string, unknown>>;
  const before = custom['import'] as Readonly<Record<string, unknown>> | undefined;
  const after = { ...before, ...kept };
  return same(before ?? null, after) ? {} : { custom: { ...custom, import: after } };
};
