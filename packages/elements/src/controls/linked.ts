import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { Display, Field } from '@tessera-crm/model/kind.js';

/** A record that a link points to. */
export interface LinkRef {
  readonly module: string;
  readonly id: string;
}

/** The texts of a link or of several, as their kind writes them: `<id>`, `accounts:<id>`, `user:<id>`. */
export const linkTexts = ({ kind, options }: Field, value: unknown): readonly string[] =>
  value === null || value === undefined ? [] : kind.toText(value, options).split(/,\s*/);

/** Where such a text points, given where it may point. */
export const refOf = (text: string, to: readonly string[]): LinkRef | null => {
  const colon = text.indexOf(':');
  if (colon < 0) return to[0] === undefined ? null : { module: to[0], id: text };
  const prefix = text.slice(0, colon);
  const module = to.find((one) => one === prefix) ?? to.find((one) => one.startsWith(prefix)) ?? prefix;
  return { module, id: text.slice(colon + 1) };
};

/** The ways in which kinds write a link to a record, the most telling one first. */
export const textsFor = ({ module, id }: LinkRef): readonly string[] => [
  `${module}:${id}`,
  `${module.replace(/s$/, '')}:${id}`,
  id,
];

/** What a record is called: its title fields, as people write them. */
export const titleOf = (module: Module | undefined, record: AnyRecord, display: Display): string => {
  const parts = (module?.title ?? []).map((name) => {
    const field = module?.fields[name];
    const value = record[name];
    return field && value !== null && value !== undefined ? field.kind.format(value, field.options, display) : '';
  });
  return parts.filter((part) => part !== '').join(' · ') || record.id.slice(-6);
};
