import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { plainText } from '@tessera-crm/model/format/plain-text.js';
import type { Field } from '@tessera-crm/model/kind.js';
import { isWritable, type Module } from '@tessera-crm/model/module.js';
import Papa from 'papaparse';
import type { Database } from '../database/database.ts';
import { ImportBench, presetOf, realFile, skipRealFiles } from '../testing/import-kit.ts';
import { engines } from '../testing/test-database.ts';

/** Fields in which any text may stand. */
const isText = ({ kind, options }: Field): boolean => {
  const { as, ...control } = kind.control(options);
  return as === 'longtext' || as === 'richtext' || (as === 'text' && !('type' in control));
};

const textFields = (module: Module): readonly string[] =>
  Object.entries(module.fields)
    .filter(([name, field]) => isWritable(field) && isText(field) && name !== 'custom' && field.kind.domain === 'text')
    .map(([name]) => name)
    .filter((name) => name !== 'sourceRef');

/** What the record must have besides, so that only the text decides. */
const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  accounts: { name: 'Rossi' },
  contacts: { name: { last: 'Rossi' } },
  leads: { company: 'Rossi' },
  products: { name: 'Vite', price: { amount: '1', currency: 'EUR' } },
  tickets: { subject: 'Ticket' },
};

/** Fields whose text has a form of its own. */
const formed = new Set(['vatNumber', 'taxCode', 'sdiCode', 'iban']);

for (const engine of engines) {
  describe(`naughty strings on ${engine.name}`, { skip: engine.skip || skipRealFiles }, () => {
    const strings = skipRealFiles
      ? []
      : (JSON.parse(readFileSync(realFile('hostile/blns.json'), 'utf8')) as readonly string[]);
    let database: Database;
    before(async () => {
      database = await engine.open();
    });
    after(() => database.close());

    for (const [key, set] of Object.entries(settings)) {
      it(`are stored in every text of ${key} as they are, without the blanks around them, or refused with a code and the column`, async () => {
        const bench = await ImportBench.open(database);
        const module = bench.registry.get(key);
        const fields = textFields(module).filter((field) => !(field in set));
        const rows = strings.flatMap((text, index) =>
          fields.map((field) => ({
            text,
            id: `${index}/${field}`,
            ...Object.fromEntries(fields.map((other) => [other, other === field ? text : ''])),
          })),
        );
        const csv = Papa.unparse(
          rows.map(({ text: _text, ...row }) => row),
          { columns: ['id', ...fields], quotes: true },
        );
        const preset = presetOf({
          module: key,
          set,
          externalId: { type: key, columns: ['id'] },
          columns: Object.fromEntries(fields.map((field) => [field, field])),
        });
        const { outcomes } = await bench.import(bench.file(`${key}.csv`, csv), { preset });
        const stored = new Map(
          (await bench.all(key)).map((record) => [
            (record['externalIds'] as readonly { readonly id: string }[])[0]!.id,
            record,
          ]),
        );
        assert.equal(outcomes.length, rows.length);
        for (const [index, { text, id }] of rows.entries()) {
          const field = id.slice(id.indexOf('/') + 1);
          const record = stored.get(id);
          const { outcome, messages } = outcomes[index]!;
          if (outcome === 'failed') {
            assert.ok(
              messages.length > 0 &&
                messages.every(({ column, code, sentence }) => column === field && code !== '' && sentence !== ''),
              `${id}: ${JSON.stringify(messages)}`,
            );
            assert.equal(record, undefined);
          } else
            assert.equal(shown(module, field, record![field]), shown(module, field, written(module, field, text)), id);
        }
        const refused = outcomes
          .flatMap(({ messages }) => messages)
          .filter(({ column, code }) => code !== 'too-long' && !formed.has(column ?? ''));
        assert.ok(
          refused.length < rows.length / 20,
          `${refused.length} of ${rows.length}: ${JSON.stringify(refused.slice(0, 3))}`,
        );
        bench.close();
      });
    }
  });
}

/** Formatted text is compared by what people see of it, numbers of the tax office without what only structures them. */
const shown = (module: Module, field: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const { kind, options } = module.fields[field]!;
  if (formed.has(field)) return value.toUpperCase().replaceAll(/[\s.-]/g, '');
  return kind.control(options).as === 'richtext' ? visible(value) : value;
};

const visible = (html: string): string => plainText(html).replaceAll(/\s/g, '');

/** What was in the file, in a form that shows exactly that. */
const written = (module: Module, field: string, text: string): string | null => {
  const trimmed = text.replace(/^'(?=[=+\-@\t\r])/, '').trim();
  if (trimmed === '') return null;
  const { kind, options } = module.fields[field]!;
  return kind.control(options).as === 'richtext' ? trimmed.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : trimmed;
};
