// node tools/modules-page.ts: writes docs/modules.md from the definitions of the modules.
import { writeFileSync } from 'node:fs';
import type { Field } from '@tessera-crm/model/kind.js';
import { messages } from '@tessera-crm/model/locales/en.js';
import { labelOf } from '@tessera-crm/model/locales/label.js';
import type { Module, Portal } from '@tessera-crm/model/module.js';
import { builtIn } from '@tessera-crm/model/modules/built-in.js';

/** What stands in brackets after a kind: the options of a choice, the target of a link. */
const detailOf = ({ options }: Field): string => {
  const { options: choices, to } = options as { readonly options?: unknown; readonly to?: unknown };
  const values = to ?? choices;
  if (Array.isArray(values)) return ` (${values.map((value) => `\`${String(value)}\``).join(' ')})`;
  return typeof values === 'string' ? ` → ${values}` : '';
};

const rowOf = (module: Module, name: string, field: Field): string => {
  const { rare: _rare, ...options } = field.options as { readonly rare?: boolean; readonly unique?: boolean };
  const notes = [field.presence === 'optional' ? '' : field.presence, options.unique ? 'unique' : ''].filter(Boolean);
  const cells = [
    `\`${name}\``,
    labelOf(`${module.key}.${name}`, messages),
    field.kind.name + detailOf(field),
    notes.join(', '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
};

const list = (names: readonly string[] | undefined): string =>
  names?.length ? names.map((name) => `\`${name}\``).join(' ') : '–';

/** Which records of a module customers see. */
const sightOf = ({ own, shared }: Portal): string => {
  const ways = [...(own.length > 0 ? [`a customer's own by ${list(own)}`] : []), ...(shared ? ['shared ones'] : [])];
  const where = shared ? `, where \`${JSON.stringify(shared)}\`` : '';
  return ways.join(' and ') + where;
};

const portalOf = ({ portal }: Module): readonly string[] =>
  portal
    ? [
        `**Portal:** ${sightOf(portal)}. Reads ${list(portal.read)}. Creates with ${list(portal.create)}. ` +
          `Edits ${list(portal.edit)}. Actions ${list(portal.actions)}.`,
        '',
      ]
    : [];

const sectionOf = (module: Module): string =>
  [
    `## ${labelOf(module.key, messages)}`,
    '',
    `\`/v1/${module.key}\` · ${module.area} · actions ${list(Object.keys(module.actions))}`,
    '',
    ...portalOf(module),
    '| field | label | kind | |',
    '|---|---|---|---|',
    ...Object.entries(module.fields).map(([name, field]) => rowOf(module, name, field)),
    '',
  ].join('\n');

/** The whole page, as it has to be in docs/modules.md. */
export const modulesPage = (): string =>
  [
    '# Modules and their fields',
    '',
    'Written by `node --conditions=tessera-source tools/modules-page.ts` from the definitions; a test compares. Without the',
    'portal line a module does not exist for customers.',
    '',
    'Of every record, `lastActivityAt` says when there was last something with it: a note, a task done, an event held. And',
    '`nextActivityAt` says what is still to come or to be done, past times included: the earliest due date of open tasks and',
    'beginning of planned events. Neither counts as a change of the record: `updatedAt` stays.',
    '',
    ...(Object.values(builtIn) as readonly Module[]).map(sectionOf),
  ].join('\n');

if (import.meta.main) writeFileSync('docs/modules.md', modulesPage());
