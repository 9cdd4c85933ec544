import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { RecordStore } from '../backend.ts';
import type { Command } from './command.ts';
import { chosenTenant, withApp } from './with-app.ts';

const options = {
  tenant: { type: 'string' },
  format: { type: 'string', default: 'ndjson' },
  where: { type: 'string' },
} as const;

const pageSize = 200;

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. @see OWASP, CSV Injection */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const textOf = (module: Module, name: string, record: AnyRecord): string => {
  const value = record[name] ?? null;
  if (value === null) return '';
  const field = module.fields[name];
  return field ? field.kind.toText(value, field.options) : JSON.stringify(value).replace(/^"|"$/g, '');
};

/** The records of a module, page by page. */
async function* pagesOf(
  store: RecordStore,
  module: string,
  where: string | undefined,
): AsyncGenerator<readonly AnyRecord[]> {
  let after: string | undefined;
  do {
    const page = await store.list(module, {
      limit: pageSize,
      ...(where !== undefined && { where: JSON.parse(where) as Readonly<Record<string, unknown>> }),
      ...(after !== undefined && { after }),
    });
    yield page.records;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

export const exportCommand: Command = {
  summary: 'write the records of a module to standard output',
  usage: 'tessera export <module> [--format ndjson|csv] [--where <json>] [--tenant <slug>]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [key] = positionals;
    if (key === undefined || !['ndjson', 'csv'].includes(values.format))
      throw new CrmError('config', `Write:\n${exportCommand.usage}`);
    return withApp(terminal, async ({ app }) => {
      const module = app.backend.registry.get(key);
      const tenant = await chosenTenant(app, values.tenant);
      const store = app.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
      const columns = ['id', 'version', ...Object.keys(module.fields)];
      const isCsv = values.format === 'csv';
      if (isCsv) terminal.out(csvRow(columns));
      for await (const records of pagesOf(store, key, values.where))
        for (const record of records)
          terminal.out(
            isCsv ? csvRow(columns.map((name) => textOf(module, name, record))) : `${JSON.stringify(record)}\n`,
          );
      return 0;
    });
  },
};
