import type { Change } from '@tessera-crm/model/change.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { Draft, NamedLink, NamedStage } from './draft.ts';
import type { KnownModules, KnownRecords } from './known-records.ts';
import { messageOf } from './outcome.ts';
import type { LateLink } from './plan-row.ts';
import { findLink, linkValue, missingValues, moduleOf } from './resolve-links.ts';
import { sentenceOf } from './sentences.ts';
import type { StageFinder } from './stage-finder.ts';

export interface ResolverOptions {
  readonly module: Module;
  readonly modules: KnownModules;
  readonly stages: StageFinder | null;
  readonly system: string;
  readonly file: string;
  readonly newId: () => string;
  /** BCP 47, of what is made up. */
  readonly locale: string;
}

/** Records that have to be made before the rows that name them. */
export type Missing = Change & { readonly op: 'create' };

/** The reason that stands where a system says that a deal was lost, and not why. */
const unknownReason = { it: 'Non registrato', en: 'Not recorded' } as const;

/** Where a reason is told, as stages want it. */
const reason = { by: 'name', missing: 'create', set: { appliesTo: ['deals'] } } as const;

/** Longest that a field of one line may be. */
const maxText = 255;

/** Puts records in the place of the texts that name them. */
export class LinkResolver {
  readonly #options: ResolverOptions;
  /** Texts that named nothing where that is nobody's fault, and how often. */
  readonly #misses = new Map<string, number>();

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  get misses(): ReadonlyMap<string, number> {
    return this.#misses;
  }

  /**
   * Resolves what a draft names. What names nothing is a fault, is kept as text or is made, as the mapping wants it.
   *
   * @param id - The record that the draft is going to be.
   * @param missing - Collects what has to be made first.
   * @returns The links to records of the same module that are not there yet: they may come later in the file.
   */
  async resolve(draft: Draft, id: string, missing: Missing[]): Promise<readonly LateLink[]> {
    for (const stage of draft.stages) this.#resolveStage(draft, stage);
    const late: LateLink[] = [];
    for (const [index, link] of draft.links.entries()) {
      if (isSettled(draft, link)) continue;
      const known = await this.#options.modules.of(moduleOf(link));
      const found = findLink(known, link, this.#options.system);
      const isLast = !draft.links.slice(index + 1).some((other) => isSamePlace(link, other));
      if (found) place(draft, link, found.id);
      else if (link.spec.missing === 'create') place(draft, link, this.#make(known, link, missing));
      else if (isLast && this.#isOfSameKind(link)) late.push({ link, id, isRepeated: false });
      else if (isLast) this.#unresolved(draft, link);
      if (found?.isAmbiguous)
        draft.warnings.push(messageOf(link.header, 'ambiguous-link', { value: link.text, module: moduleOf(link) }));
    }
    return late;
  }

  #isOfSameKind(link: NamedLink): boolean {
    return moduleOf(link) === this.#options.module.key && link.line === null;
  }

  #resolveStage(draft: Draft, stage: NamedStage): void {
    const found = this.#options.stages?.find(stage);
    if (!found) return;
    draft.values[stage.target.name] ??= found.id;
    if (!found.isSame) draft.kept[stage.header] = stage.text;
    if (!found.isKnown) draft.warnings.push(messageOf(stage.header, 'stage', { value: stage.text }));
    if (found.kind === 'lost') this.#needReason(draft, stage.header);
  }

  /** What is lost needs a reason here. */
  #needReason(draft: Draft, header: string): void {
    const field = this.#options.module.fields['lostReason'];
    if (!field || draft.links.some(({ target }) => target.name === 'lostReason')) return;
    const target = { name: 'lostReason', field, as: 'whole', part: null, label: null, partField: null } as const;
    const text = unknownReason[this.#options.locale.startsWith('it') ? 'it' : 'en'];
    draft.links.push({ header, text, target, spec: reason, line: null, isOptional: false });
  }

  #make(known: KnownRecords, link: NamedLink, missing: Missing[]): string {
    const id = this.#options.newId();
    const sourceRef = `${this.#options.file}: ${link.text}`.slice(0, maxText);
    const values = { ...missingValues(known.module, link), sourceRef };
    missing.push({ op: 'create', module: known.module.key, id, values });
    known.add(id, values);
    return id;
  }

  #unresolved(draft: Draft, link: NamedLink): void {
    const { header, text, line, spec, target, isOptional } = link;
    const message = messageOf(header, 'missing-link', { value: text, module: moduleOf(link) });
    if (spec.missing === 'refuse' || (line === null && target.field.presence === 'required')) {
      draft.faults.push(message);
      return;
    }
    // the text of a line is its description already; that of a column with two meanings may have met the other one
    if (line !== null || (isOptional && draft.links.some((other) => other !== link && other.header === header))) return;
    if (isOptional) this.#miss(link);
    else draft.warnings.push(message);
    draft.kept[header] = text;
  }

  #miss(link: NamedLink): void {
    const text = `${link.header}: ${sentenceOf('missing-link', { value: link.text, module: moduleOf(link) })}`;
    this.#misses.set(text, (this.#misses.get(text) ?? 0) + 1);
  }
}

const place = (draft: Draft, link: NamedLink, id: string): void => {
  const { name, field } = link.target;
  if (link.line !== null) {
    const lines = draft.values[name] as Record<string, unknown>[];
    lines[link.line]!['item'] = id;
    return;
  }
  const value = linkValue(field, moduleOf(link), id);
  const before = draft.values[name];
  const isList = Array.isArray(value) && Array.isArray(before);
  draft.values[name] = isList ? [...(before as unknown[]), ...(value as unknown[])] : (before ?? value);
};

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
