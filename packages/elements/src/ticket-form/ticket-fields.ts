import { isWritable } from '@tessera-crm/model/module.js';
import { tickets } from '@tessera-crm/model/modules/service/tickets.js';
import type { Field } from '@tessera-crm/model/kind.js';
import { kebab } from '../frame/kebab.ts';

type Values = Readonly<Record<string, unknown>>;

/** The attribute by which a page words the hint of a field: `serial-hint`. */
export const hintAttribute = (name: string): string => `${kebab(name)}-hint`;

export const hintAttributes: readonly string[] = /* @__PURE__ */ Object.keys(tickets.fields).map(hintAttribute);

/** A field of tickets by its name; undefined for any other word. */
export const ticketField = (name: string): Field | undefined =>
  Object.hasOwn(tickets.fields, name) ? tickets.fields[name as keyof typeof tickets.fields] : undefined;

/**
 * The fields to show: those of a list that a person may fill in, each once.
 *
 * @param isCustomer - Whether only those are left that the portal lets customers give.
 */
export const fieldsOf = (list: string, isCustomer: boolean): readonly string[] => {
  const allowed = isCustomer ? (tickets.portal?.create ?? []) : null;
  return [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => {
    const field = ticketField(name);
    return field !== undefined && isWritable(field) && (allowed === null || allowed.includes(name));
  });
};

/** What a ticket starts with: the defaults of what is shown, and what the page gives. */
export const initialOf = (fields: readonly string[], given: Values): Values => {
  const defaults = fields.flatMap((name) => {
    const start = ticketField(name)?.options.default;
    return start === undefined ? [] : [[name, start] as const];
  });
  return { ...Object.fromEntries(defaults), ...given };
};

/** Without what is empty. */
export const filledIn = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
