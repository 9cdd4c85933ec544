import { choicesOf, isBoolean, type Generator } from './code.ts';
import { reword } from './names.ts';
import type { Described, PublicAttribute, PublicElement } from './read-manifest.ts';

/** Custom data for editors that read those of VS Code: `html-custom-data.json`, `css-custom-data.json`. */
export const vscode: Generator = (elements, names) => {
  const say = ({ description }: { readonly description: string }): string => reword(description, names);
  const all = (list: (element: PublicElement) => readonly Described[]): readonly Described[] => [
    ...new Map(elements.flatMap(list).map((one) => [one.name, one])).values(),
  ];
  return {
    'html-custom-data.json': json({
      version: 1.1,
      tags: elements.map((one) => ({
        name: names.tag(one.element),
        description: say(one),
        attributes: one.attributes
          .filter(({ name }) => !name.includes('*'))
          .map((each) => attributeOf(each, say(each))),
      })),
    }),
    'css-custom-data.json': json({
      version: 1.1,
      properties: all(({ cssProperties }) => cssProperties).map((one) => ({
        name: names.cssProperty(one.name),
        description: say(one),
      })),
      pseudoClasses: all(({ states }) => states).map((one) => ({ name: `:state(${one.name})`, description: say(one) })),
      pseudoElements: all(({ parts }) => parts).map((one) => ({ name: `::part(${one.name})`, description: say(one) })),
    }),
  };
};

const attributeOf = (attribute: PublicAttribute, description: string): object => {
  const values = choicesOf(attribute.type).map((name) => ({ name }));
  return {
    name: attribute.name,
    description,
    ...(isBoolean(attribute) && { valueSet: 'v' }),
    ...(values.length > 0 && { values }),
  };
};

const json = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;
