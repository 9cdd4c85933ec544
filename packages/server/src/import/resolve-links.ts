import { readName } from '@tessera-crm/model/reading/read-name.js';
import type { Field } from '@tessera-crm/model/kind.js';
import { plainReading } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { linkedModule } from './check-mapping.ts';
import type { ExternalId, NamedLink } from './draft.ts';
import { comparable, type KnownModules, type KnownRecords } from './known-records.ts';
import type { ReferenceSpec } from './mapping.ts';

/** In which module a reference looks. */
export const moduleOf = ({ spec, target }: Pick<NamedLink, 'spec' | 'target'>): string =>
  spec.module ?? linkedModule(target.field.options) ?? 'products';

const keysIn = ({ by }: ReferenceSpec): readonly string[] => [by].flat();

/** The fields by which a reference looks. */
export const fieldsOf = (spec: ReferenceSpec): readonly string[] => keysIn(spec).filter((key) => key !== 'externalId');

/** A person's name splits in several ways; whoever has it may have been split in any of them. */
const isPersonName = ({ kind, options }: Field): boolean => {
  const control = kind.control(options);
  return control.as === 'group' && 'first' in control.parts && 'last' in control.parts;
};

const splits = (text: string): readonly unknown[] => {
  const words = text.trim().split(/\s+/);
  const ways = words.map((_word, index) => ({
    first: words.slice(0, index).join(' ') || null,
    middle: null,
    last: words.slice(index).join(' '),
  }));
  return [readName(text), ...ways];
};

/** What the text may look like in a field by which records are compared. */
const wantedKeys = (module: Module, key: string, text: string): readonly string[] => {
  const field = module.fields[key.replace(/~$/, '')];
  if (!field) return [];
  if (key.endsWith('~')) return comparable(module, key, text);
  if (isPersonName(field)) return splits(text).flatMap((name) => comparable(module, key, name));
  const read = field.kind.parse(text, field.options, plainReading);
  return read.ok && read.value !== null ? comparable(module, key, read.value) : [];
};

export interface FoundLink {
  readonly id: string;
  /** Whether several records answer to the text. */
  readonly isAmbiguous: boolean;
}

/** The record that a text names, among those known. */
export const findLink = (
  known: KnownRecords,
  { text, spec }: Pick<NamedLink, 'text' | 'spec'>,
  system: string,
): FoundLink | null => {
  for (const key of keysIn(spec)) {
    if (key === 'externalId') {
      const external: ExternalId = { system, type: spec.type ?? known.module.key, id: text };
      const id = known.byExternalId(external);
      if (id !== undefined) return { id, isAmbiguous: false };
      continue;
    }
    for (const wanted of wantedKeys(known.module, key, text)) {
      const [id, ...others] = known.by(key, wanted);
      if (id !== undefined) return { id, isAmbiguous: others.length > 0 };
    }
  }
  return null;
};

/** The value of a link to a record, in the form that its field wants. */
export const linkValue = (field: Field, module: string, id: string): unknown => {
  for (const text of [id, `${module}:${id}`, `${module.replace(/s$/, '')}:${id}`]) {
    const read = field.kind.parse(text, field.options, plainReading);
    if (read.ok && read.value !== null) return read.value;
  }
  return null;
};

/** What is made of a text that names nothing: the field by which it was looked for, and what the mapping adds. */
export const missingValues = (
  module: Module,
  { text, spec }: Pick<NamedLink, 'text' | 'spec'>,
): Record<string, unknown> => {
  const [name = 'name'] = fieldsOf(spec).map((key) => key.replace(/~$/, ''));
  const field = module.fields[name]!;
  const read = field.kind.parse(text, field.options, plainReading);
  return { ...spec.set, [name]: read.ok ? read.value : text };
};

/** Tells the known modules what references will ask for. */
export const wantLinks = (modules: KnownModules, links: Iterable<Pick<NamedLink, 'spec' | 'target'>>): void => {
  for (const link of links) modules.want(moduleOf(link), fieldsOf(link.spec));
};
