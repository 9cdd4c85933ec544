import type { Change } from '@tessera-crm/model/change.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { Draft, ExternalId, NamedLink } from './draft.ts';
import { comparable, type KnownModules, type KnownRecords } from './known-records.ts';
import type { DuplicatePolicy, Mapping } from './mapping.ts';
import type { RowMessage } from './outcome.ts';
import type { LateLink, RowPlan } from './plan-row.ts';
import { findLink, linkValue, missingValues, moduleOf } from './resolve-links.ts';
import { sentenceOf } from './sentences.ts';
import type { StageFinder } from './stage-finder.ts';

export interface PlannerOptions {
  readonly mapping: Mapping;
  readonly module: Module;
  readonly modules: KnownModules;
  readonly stages: StageFinder | null;
  readonly system: string;
  readonly file: string;
  readonly policy: DuplicatePolicy;
  readonly find: (module: string) => Module;
  readonly newId: () => string;
  /** BCP 47, of what is made up. */
  readonly locale: string;
}

/** Records that have to be made before the rows that name them. */
export type Missing = Change & { readonly op: 'create' };

const message = (column: string | null, code: string, params: Readonly<Record<string, unknown>> = {}): RowMessage => ({
  column,
  code,
  sentence: sentenceOf(code, params),
});

/** The reason that stands where a system says that a deal was lost, and not why. */
const unknownReason = { it: 'Non registrato', en: 'Not recorded' } as const;

/** Decides what becomes of each row: finds what it names, whether it is here already, and what has to be written. */
export class RowPlanner {
  readonly #options: PlannerOptions;
  readonly #known: KnownRecords;
  /** Values of records that this import made and the store may not have yet. */
  readonly #made = new Map<
    string,
    { readonly values: Readonly<Record<string, unknown>> | null; readonly row: number }
  >();

  /** Texts that named nothing where that is nobody's fault, and how often. */
  readonly #misses = new Map<string, number>();

  constructor(options: PlannerOptions, known: KnownRecords) {
    this.#options = options;
    this.#known = known;
  }

  get misses(): ReadonlyMap<string, number> {
    return this.#misses;
  }

  /** Which record that is here the row is about, if any. */
  match(draft: Draft): { readonly id: string; readonly message: RowMessage } | null {
    const [own] = draft.externalIds;
    const imported = own && this.#known.byExternalId(own);
    if (imported !== undefined) return { id: imported, message: message(null, 'here-already') };
    if (this.#options.policy === 'create') return null;
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
    const late = draft.faults.length > 0 ? [] : await this.#resolve(draft, id, missing);
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
      .map((link) => ({ link, id }));
  }

  /** Takes back what was remembered of a record that could not be written. */
  forget({ id, draft }: RowPlan): void {
    if (id === null || !this.#made.delete(id)) return;
    this.#known.remove(id, draft.values);
  }

  /** Records of earlier batches are in the store; only where they came from is still of use. */
  settle(): void {
    for (const [id, { row }] of this.#made) this.#made.set(id, { values: null, row });
  }

  #leftOut({ leftOut, externalIds: [own] }: Draft): RowMessage | null {
    if (leftOut !== null) return message(null, 'left-out', { why: leftOut });
    return own && this.#known.byExternalId(own) === undefined && this.#known.isDeleted(own)
      ? message(null, 'deleted')
      : null;
  }

  #madeRecord(id: string): AnyRecord | null {
    const made = this.#made.get(id);
    return made?.values ? { id, version: 1, ...made.values } : null;
  }

  async #resolve(draft: Draft, id: string, missing: Missing[]): Promise<readonly LateLink[]> {
    this.#resolveStages(draft);
    const late: LateLink[] = [];
    for (const [index, link] of draft.links.entries()) {
      if (isSettled(draft, link)) continue;
      const isLast = !draft.links.slice(index + 1).some((other) => isSamePlace(link, other));
      const key = moduleOf(link);
      const known = await this.#options.modules.of(key);
      const found = findLink(known, link, this.#options.system);
      if (found) this.#link(draft, link, found.id);
      else if (link.spec.missing === 'create') this.#link(draft, link, this.#make(known, link, missing));
      else if (!isLast) continue;
      else if (key === this.#options.module.key && link.line === null) late.push({ link, id });
      else this.#unresolved(draft, link);
      if (found?.isAmbiguous)
        draft.warnings.push(message(link.header, 'ambiguous-link', { value: link.text, module: key }));
    }
    return late;
  }

  #resolveStages(draft: Draft): void {
    for (const stage of draft.stages) {
      const found = this.#options.stages?.find(stage);
      if (!found) continue;
      draft.values[stage.target.name] ??= found.id;
      if (!found.isSame) draft.kept[stage.header] = stage.text;
      if (!found.isKnown) draft.warnings.push(message(stage.header, 'stage', { value: stage.text }));
      if (found.kind === 'lost') this.#needReason(draft, stage.header);
    }
  }

  /** What is lost needs a reason here. */
  #needReason(draft: Draft, header: string): void {
    const field = this.#options.module.fields['lostReason'];
    if (!field || draft.links.some(({ target }) => target.name === 'lostReason')) return;
    const target = { name: 'lostReason', field, as: 'whole', part: null, label: null, partField: null } as const;
    const spec = { by: 'name', missing: 'create', set: { appliesTo: ['deals'] } } as const;
    draft.links.push({
      header,
      text: unknownReason[this.#options.locale.startsWith('it') ? 'it' : 'en'],
      target,
      spec,
      line: null,
      isOptional: false,
    });
  }

  #link(draft: Draft, { target, line }: NamedLink, id: string): void {
    if (line !== null) {
      const lines = draft.values[target.name] as Record<string, unknown>[];
      lines[line]!['item'] = id;
      return;
    }
    const value = linkValue(target.field, this.#moduleOfTarget(target.name, draft), id);
    const before = draft.values[target.name];
    draft.values[target.name] =
      Array.isArray(value) && Array.isArray(before)
        ? [...(before as unknown[]), ...(value as unknown[])]
        : (before ?? value);
  }

  #moduleOfTarget(name: string, { links }: Draft): string {
    const link = links.find(({ target }) => target.name === name);
    return link ? moduleOf(link) : '';
  }

  #make(known: KnownRecords, link: NamedLink, missing: Missing[]): string {
    const id = this.#options.newId();
    const values = missingValues(known.module, link);
    missing.push({
      op: 'create',
      module: known.module.key,
      id,
      values: { ...values, sourceRef: `${this.#options.file}: ${link.text}`.slice(0, 255) },
    });
    known.add(id, values);
    return id;
  }

  #unresolved(draft: Draft, link: NamedLink): void {
    const isNeeded =
      link.spec.missing === 'refuse' || (link.line === null && link.target.field.presence === 'required');
    const found = message(link.header, 'missing-link', { value: link.text, module: moduleOf(link) });
    if (isNeeded) draft.faults.push(found);
    else if (link.line === null) {
      const isSaid = draft.links.some((other) => other !== link && other.header === link.header);
      if (link.isOptional && isSaid) return;
      if (link.isOptional) this.#miss(link);
      else draft.warnings.push(found);
      draft.kept[link.header] = link.text;
    }
  }

  #miss(link: NamedLink): void {
    const text = `${link.header}: ${sentenceOf('missing-link', { value: link.text, module: moduleOf(link) })}`;
    this.#misses.set(text, (this.#misses.get(text) ?? 0) + 1);
  }

  #create(draft: Draft, id: string, late: readonly LateLink[]): RowPlan {
    const { module, file, system } = this.#options;
    const [own] = draft.externalIds;
    draft.values['sourceRef'] ??= (own ? `${system}:${own.type}:${own.id}` : `${file}:${draft.row}`).slice(0, 255);
    if (draft.externalIds.length > 0) draft.values['externalIds'] = draft.externalIds;
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
      return value !== null && !same(here, value) && (policy === 'overwrite' || here === null);
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

/** Whether two texts name the record for the same link, so that either will do. */
const isSamePlace = (a: NamedLink, b: NamedLink): boolean =>
  a.target.name === b.target.name && a.line === b.line && !isMany(a);

const isMany = ({ target }: NamedLink): boolean => {
  const control = target.field.kind.control(target.field.options);
  return control.as === 'link' && control.many;
};

/** Whether an earlier text has found the record already. */
const isSettled = ({ values }: Draft, link: NamedLink): boolean =>
  link.line === null && !isMany(link) && (values[link.target.name] ?? null) !== null;

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
