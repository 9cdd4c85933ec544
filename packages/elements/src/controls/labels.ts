import type { Field } from '@tessera-crm/model/kind.js';

/** What fields, their parts and their options are called in a person's language. */
export interface Labels {
  module(module: string): string;
  field(module: string, name: string, field: Field): string;
  option(module: string, name: string, option: string): string;
}

/** `dueAt` → `Due at`, `in_progress` → `In progress`. */
export const humanised = (key: string): string => {
  const words = key
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Labels from an element's own sentences, `field.subject` and `option.priority.urgent`; readable keys for the rest. */
export const labelsOf = (text: (key: string) => string): Labels => {
  const own = (key: string): string | undefined => {
    const found = text(key);
    return found === key ? undefined : found;
  };
  return {
    module: (module) => own(`module.${module}`) ?? humanised(module),
    field: (_module, name, { options }) => own(`field.${name}`) ?? options.label ?? humanised(name),
    option: (_module, name, option) => own(`option.${name}.${option}`) ?? humanised(option),
  };
};
