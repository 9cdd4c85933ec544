import type { Field } from '@tessera-crm/model/kind.js';
import { humanise, ownLabel, type Messages } from '@tessera-crm/model/locales/label.js';

/** What fields, their parts and their options are called in a person's language. */
export interface Labels {
  module(module: string): string;
  field(module: string, name: string, field: Field): string;
  option(module: string, name: string, option: string): string;
  /** @param name - Of the field whose part it is. */
  part(module: string, name: string, part: string, field: Field): string;
}

interface Words {
  /** The element's own sentences, `field.subject` and `option.priority.urgent`; the key where there is none. */
  readonly text: (key: string) => string;
  /** The model's, fetched when the element has none of its own. */
  readonly model: () => Messages | undefined;
}

/** Labels from an element's own sentences, then from the model's words; readable keys for the rest. */
export const labelsOf = ({ text, model }: Words): Labels => {
  const label = (key: string, path: string): string | undefined => {
    const own = text(key);
    if (own !== key) return own;
    const words = model();
    return words && ownLabel(path, words);
  };
  return {
    module: (module) => label(`module.${module}`, module) ?? humanise(module),
    field: (module, name, { options }) =>
      label(`field.${name}`, `${module}.${name}`) ?? options.label ?? humanise(name),
    option: (module, name, option) =>
      label(`option.${name}.${option}`, `${module}.${name}.${option}`) ?? humanise(option),
    part: (module, name, part, { options }) =>
      label(`part.${part}`, `${module}.${name}.${part}`) ?? options.label ?? humanise(part),
  };
};
