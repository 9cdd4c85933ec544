import { choicesOf, settable, type Generator } from './code.ts';
import { reword, type Names } from './names.ts';
import type { Described, PublicElement, PublicProperty } from './read-manifest.ts';

/** What an assistant has to know to write an embedding that works: `llms.txt`. */
export const llms: Generator = (elements, names) => ({
  'llms.txt': [
    ...[introduction(names), rules, frameworks(names), '# Elements\n'].map((text) => reword(text, names)),
    ...elements.map((element) => sectionOf(element, names)),
  ].join('\n'),
});

const introduction = (names: Names): string => `# Tessera elements

> CRM as web components (npm \`@tessera-crm/elements\`): contact card, pipeline board, record list, ticket form. They work in
> any page and any framework, without an iframe.

## Set a page up

Either one script tag, the files being served by the Tessera server under \`/elements/\` or by the page itself:

\`\`\`html
<script type="module" src="/elements/auto.js" data-backend="/crm" data-token-url="/crm-token"${isOurs(names) ? '' : ` data-prefix="${names.prefix}"`}></script>
<crm-contact-card record="0190a0b1-7c3e-7d1a-9b55-3f6d2c1e8a90"></crm-contact-card>
\`\`\`

or in code, once, before anything is rendered:

\`\`\`ts
import { createCrm, tokenFrom } from '@tessera-crm/elements';

const crm = createCrm({${isOurs(names) ? '' : ` prefix: '${names.prefix}',`} backends: 'https://crm.example.org', getToken: tokenFrom('/crm-token') });
void crm.define('contact-card', 'record-list');
\`\`\`

- \`backends\` is the address under which \`/v1\` lies; empty for the page's own origin.
- \`/crm-token\` is a POST to the page's own server, which answers \`{ "token": "…", "expiresIn": 900 }\` (seconds). Secret keys
  stay on that server; never write one into a page.
- \`define()\` without names defines all elements. Importing the package defines none.
- \`createCrm({ prefix: 'acme' })\` makes \`<acme-contact-card>\`, \`acme-open\` and \`--acme-accent\` of the default
  prefix \`crm\`; \`npx @tessera-crm/elements --prefix acme --out src/tessera\` writes types and components for it.
`;

const rules = `## Rules

- Close every tag: \`<crm-record-list></crm-record-list>\`. HTML has no self-closing custom elements.
- Texts, numbers and booleans go into attributes in kebab-case. Objects (\`query\`, \`values\`) are properties in camelCase, or
  JSON in the attribute of the same name.
- A boolean attribute is true when it is there: write \`search\`, never \`search="false"\`.
- Modules are plurals in camelCase: \`contacts\`, \`accounts\`, \`deals\`, \`tickets\`, \`salesOrders\`. Ids are UUIDs.
- A filter is \`{ where: { lifecycle: 'customer' }, sort: ['-updatedAt'] }\`; a minus sorts downwards.
- \`subject="me"\` stands for the customer of the page's token; then the page holds no id.
- Events have a dash in their name, bubble and cross shadow roots: \`addEventListener('crm-open', …)\`.
- \`event.detail\` has \`module\`, \`id\` and \`fields\`; values only by \`event.detail.record()\`.
- \`crm-open\` and \`crm-before-save\` can be prevented by \`event.preventDefault()\`. In \`crm-before-save\`
  \`event.detail.wait(promise)\` makes saving wait; a promise that rejects gives it up.
- Elements never throw. They show what is wrong, offer to retry, and fire \`crm-error\` or \`crm-load-error\` with
  \`{ code, message, hint, retryable }\`.
- Style by custom properties and \`::part(name)\`; nothing else reaches inside. \`:state(loading)\` and its like can be matched.
- Give a board or a list with many rows a height; rows then scroll inside.
- A strict content security policy needs \`script-src\` for the files, \`connect-src\` for the backend, \`img-src\` for the backend
  and \`data:\`. Nothing for styles.
`;

const isOurs = ({ prefix }: Names): boolean => prefix === 'crm';

/** Where the files for a framework are: in the package, or where the command has put those of another prefix. */
const from = (names: Names, target: string): string =>
  isOurs(names) ? `@tessera-crm/elements/${target}` : `./tessera/${target}.js`;

const frameworks = (names: Names): string => `## Frameworks

- React 19: \`import { ${names.component('contact-card')} } from '${from(names, 'react')}'\`; listeners are
  \`${names.handler('open')}={(event) => …}\`. Plain tags work as well: \`<crm-contact-card oncrm-open={…}>\`.
- Vue 3: \`compilerOptions.isCustomElement: (tag) => tag.startsWith('crm-')\`, objects as \`:query.prop="…"\`, listeners
  \`@crm-open="…"\`. Types: \`import type {} from '${from(names, 'vue')}'\` in any file of the project.
- Svelte 5: \`<crm-record-list module="contacts" {query} oncrm-open={…}></crm-record-list>\`. Types:
  \`import type {} from '${from(names, 'svelte')}'\` in any file of the project.
- Angular: \`npx @tessera-crm/elements angular${isOurs(names) ? '' : ` --prefix ${names.prefix}`} --out src/tessera\` writes directives; put
  \`${names.prefix}Elements\` into the \`imports\` of a component. Or \`CUSTOM_ELEMENTS_SCHEMA\`, without checked properties.
- Any TypeScript: \`querySelector('crm-contact-card')\` and \`addEventListener('crm-open', …)\` are typed once
  \`${isOurs(names) ? '@tessera-crm/elements' : './tessera/dom.js'}\` is imported.
- Server-rendered pages: the tags are plain markup; elements come to life in the browser.
`;

const sectionOf = (element: PublicElement, names: Names): string => {
  const lists: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Attributes and properties', [...settable(element).map((one) => propertyLine(one)), ...openLines(element)]],
    ['Read only', element.properties.filter(({ isReadonly }) => isReadonly).map((one) => line(one, `\`${one.name}\``))],
    ['Methods', element.methods.map((one) => line(one, `\`${one.name}()\``))],
    ['Events', element.events.map((one) => line(one, `\`${names.event(one.name)}\``))],
    ['Slots', element.slots.map((one) => line(one, one.name === '' ? 'the content' : `\`${one.name}\``))],
    ['Parts', element.parts.map((one) => line(one, `\`${one.name}\``))],
    ['Custom properties', element.cssProperties.map((one) => line(one, `\`${names.cssProperty(one.name)}\``))],
  ];
  return reword(
    [
      `## <${element.tag}>\n`,
      `${element.description}\n`,
      ...(element.formAssociated ? ['Takes part in the form around it.\n'] : []),
      ...lists.flatMap(([title, lines]) => (lines.length > 0 ? [`${title}:\n\n${lines.join('\n')}\n`] : [])),
    ].join('\n'),
    names,
  );
};

const propertyLine = (property: PublicProperty): string => {
  const { name, attribute, type, default: start } = property;
  const both = attribute === undefined ? `\`${name}\` (property only)` : `\`${attribute}\``;
  const also = attribute !== undefined && attribute !== name ? `, property \`${name}\`` : '';
  const choices = choicesOf(type);
  const kind =
    choices.length > 0 ? choices.map((one) => `\`${one}\``).join(' or ') : `\`${type.replace(' | undefined', '')}\``;
  return line(property, `${both}${also}: ${kind}${start === undefined ? '' : `, \`${start}\` unless given`}`);
};

const openLines = ({ attributes }: PublicElement): readonly string[] =>
  attributes.filter(({ name }) => name.includes('*')).map((one) => line(one, `\`${one.name}\``));

const line = ({ description }: Described, beginning: string): string =>
  `- ${beginning}${description && `: ${description.replaceAll('\n', ' ')}`}`;
