import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { plainText } from '@tessera-crm/model/format/plain-text.js';
import type { Field } from '@tessera-crm/model/kind.js';
import { isWritable, type Module } from '@tessera-crm/model/module.js';
import Papa from 'papaparse';
import type { Database } from '../database/database.ts';
import { hostileTexts, plainRecords, skipHostile } from '../testing/hostile-texts.ts';
import { ImportBench, presetOf } from '../testing/import-kit.ts';
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

/** Fields whose text has a form of its own. */
const formed = new Set(['vatNumber', 'taxCode', 'sdiCode', 'iban']);

/** Links of which there may be one between the same two, so that a file cannot make many of them with one setting. */
const pairs = new Set(['accountContacts', 'dealContacts']);

interface Row {
  readonly id: string;
  readonly text: string;
  /** Columns that were refused, and hold what cannot be refused instead. */
  readonly refused: ReadonlySet<string>;
}

for (const engine of engines) {
  describe(`naughty strings on ${engine.name}`, { skip: engine.skip || skipHostile }, () => {
    let database: Database;
    let bench: ImportBench;
    const plain = plainRecords();
    before(async () => {
      database = await engine.open();
      bench = await ImportBench.open(database);
      await bench.store.apply(Object.entries(plain).map(([module, record]) => ({ op: 'create', module, ...record })));
    });
    after(async () => {
      bench.close();
      await database.close();
    });

    /** Imports a row for each text with that text in all columns. @returns The rows that were refused, and where. */
    const importRows = async (
      module: Module,
      fields: readonly string[],
      rows: readonly Row[],
    ): Promise<readonly Row[]> => {
      const { values } = plain[module.key]!;
      const cell = (name: string, { id, text, refused }: Row): string =>
        refused.has(name) ? (name in values ? `${String(values[name])} ${id}` : '') : text;
      const csv = Papa.unparse(
        rows.map((row) => ({
          id: row.id,
          mailbox: `${row.id}@crm.test`,
          ...Object.fromEntries(fields.map((name) => [name, cell(name, row)])),
        })),
        { quotes: true },
      );
      const preset = presetOf({
        module: module.key,
        set: Object.fromEntries(Object.entries(values).filter(([name]) => !fields.includes(name) && name !== 'email')),
        externalId: { type: module.key, columns: ['id'] },
        columns: {
          ...Object.fromEntries(fields.map((name) => [name, name])),
          ...('email' in values && { mailbox: 'email' }),
        },
      });
      const { outcomes } = await bench.import(bench.file(`${module.key}.csv`, csv), { preset });
      assert.equal(outcomes.length, rows.length);
      return rows.flatMap((row, index) => {
        const { outcome, messages } = outcomes[index]!;
        if (outcome !== 'failed') return [];
        const told = `${module.key} ${JSON.stringify(row.text)}: ${JSON.stringify(messages)}`;
        assert.ok(messages.length > 0, told);
        for (const { column, code, sentence } of messages)
          assert.ok(fields.includes(column ?? '') && code !== '' && sentence !== '', told);
        return [{ ...row, refused: new Set([...row.refused, ...messages.map(({ column }) => column!)]) }];
      });
    };

    for (const key of Object.keys(plain).filter((name) => !pairs.has(name)))
      it(`are stored in every text of ${key} as they are, without the blanks around them, or refused with a code and the column`, async () => {
        const module = bench.registry.get(key);
        const fields = textFields(module);
        const all = new Map<string, Row>();
        let open: readonly Row[] = hostileTexts.map((text, index) => ({
          id: `${key}-${index}`,
          text,
          refused: new Set(),
        }));
        for (let round = 0; open.length > 0; round++) {
          assert.ok(round < 4, `${JSON.stringify(open[0])} is refused again and again`);
          for (const row of open) all.set(row.id, row);
          open = await importRows(module, fields, open);
        }
        const stored = new Map(
          (await bench.all(key)).map((record) => [
            (record['externalIds'] as readonly { readonly id: string }[] | null)?.[0]?.id,
            record,
          ]),
        );
        for (const { id, text, refused } of all.values())
          for (const field of fields.filter((name) => !refused.has(name)))
            assert.equal(
              shown(module, field, stored.get(id)![field]),
              shown(module, field, written(module, field, text)),
              `${key}.${field}: ${JSON.stringify(text)}`,
            );
      });
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
