import { doc, heading, importTypes, type Generator } from './code.ts';
import type { PublicElement } from './read-manifest.ts';

/** Every event that some element fires, once. */
export const eventsOf = (elements: readonly PublicElement[]): readonly string[] => [
  ...new Set(elements.flatMap(({ events }) => events.map(({ name }) => name))),
];

/** Tags and events for `querySelector`, `createElement` and `addEventListener`: `dom.d.ts`. */
export const dom: Generator = (elements, names) => {
  const { Prefix } = names;
  const tags = elements.map(
    ({ element, className, description }) =>
      `${doc(description, '  ')}  '${names.tag(element)}': ${className}Element;\n`,
  );
  const events = eventsOf(elements).map((name) => `  '${names.event(name)}': CustomEvent<CrmEvents['${name}']>;\n`);
  return {
    'dom.d.ts': [
      heading(),
      "import type { CrmEvents } from '@tessera-crm/elements/frame/events.js';\n",
      names.prefix === 'crm'
        ? importTypes(elements, 'Element').replace("'@tessera-crm/elements'", "'./elements.js'")
        : importTypes(elements, 'Element'),
      `\nexport interface ${Prefix}ElementTagNameMap {\n${tags.join('')}}\n`,
      `\nexport interface ${Prefix}EventMap {\n${events.join('')}}\n`,
      '\ndeclare global {\n',
      `  interface HTMLElementTagNameMap extends ${Prefix}ElementTagNameMap {}\n`,
      `  interface GlobalEventHandlersEventMap extends ${Prefix}EventMap {}\n`,
      '}\n',
    ].join(''),
  };
};
