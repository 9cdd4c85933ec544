import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { detectDialect } from './dialect.ts';
import { detectReading, type DetectedReading } from './detect-reading.ts';
import { detectEncoding, readBeginning, readText } from './encoding.ts';
import { renamed, type Mapping, type Preset } from './mapping.ts';
import { guessModule, matchHeaders, type ColumnNames } from './match-headers.ts';
import { columnNames, recognise } from './presets.ts';
import { readCsv, type CsvFile } from './read-csv.ts';
import { isFault, type ReadRow, type SourceRow } from './source-row.ts';
import { SqlDump } from './sql-dump.ts';

/** A file and one of the mappings by which it is read; a file with several kinds of rows is read several times. */
export interface PlannedFile {
  /** As messages call it. */
  readonly name: string;
  readonly mapping: Mapping;
  readonly preset: Preset | null;
  readonly headers: readonly string[];
  readonly detected: DetectedReading;
  rows(): Promise<AsyncIterable<ReadRow>>;
}

export interface PlanOptions {
  readonly registry: Registry;
  /** Those that may be used: all, or the one that was asked for. */
  readonly presets: readonly Preset[];
  /** Whether the mapping was given, so that every file has to fit it. */
  readonly isGiven: boolean;
  readonly module: string | undefined;
  /** How numbers and dates are written where a file does not tell. */
  readonly fallback: Pick<DetectedReading, 'decimal' | 'dates'>;
  notice(text: string): void;
}

const endings = new Set(['.csv', '.tsv', '.txt', '.sql']);

/** Characters from which delimiter, numbers and dates are told. */
const sampleSize = 1 << 17;

/** Rows from which numbers and dates are told. */
const sampleRows = 200;

/** The files that paths name; of a folder those that can be imported. @throws {CrmError} `config` */
const filesOf = async (paths: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    if (!existsSync(path)) throw new CrmError('config', `There is no file ${path}.`, { path });
    if (!statSync(path).isDirectory()) found.push(path);
    else
      found.push(
        ...(await readdir(path))
          .filter((name) => endings.has(extname(name).toLowerCase()))
          .toSorted()
          .map((name) => join(path, name)),
      );
  }
  return found;
};

/** What has to be read, in the order in which it can be: what others refer to comes first. */
export const planFiles = async (paths: readonly string[], options: PlanOptions): Promise<readonly PlannedFile[]> => {
  const files = await filesOf(paths);
  const planned: PlannedFile[] = [];
  for (const path of files)
    planned.push(
      ...(extname(path).toLowerCase() === '.sql' ? await planDump(path, options) : await planCsv(path, options)),
    );
  return planned.toSorted((a, b) => placeOf(a, options) - placeOf(b, options));
};

const placeOf = ({ preset, mapping }: PlannedFile, { registry }: PlanOptions): number => {
  if (preset && preset.mappings.length > 1) return preset.mappings.indexOf(mapping);
  const first = ['users', 'accounts', 'contacts', 'products'];
  const place = first.indexOf(mapping.module);
  return place >= 0 ? place : first.length + registry.keys.indexOf(mapping.module);
};

const planDump = async (path: string, { presets, notice }: PlanOptions): Promise<readonly PlannedFile[]> => {
  const encoding = await detectEncoding(path);
  const dump = new SqlDump(
    encoding === 'utf-8' ? await readFile(path, 'utf8') : await readBeginning(path, encoding, Infinity),
  );
  const there = new Set(dump.tables);
  const preset = presets.find(({ mappings }) => mappings.some(({ table }) => table !== undefined && there.has(table)));
  if (!preset)
    throw new CrmError('config', `No preset knows the tables of ${path}: ${dump.tables.join(', ')}.`, { path });
  for (const { table, why } of preset.ignored)
    if (table !== undefined && there.has(table)) notice(`${basename(path)}: "${table}" is left out: ${why}`);
  return preset.mappings
    .filter(({ table }) => table !== undefined && there.has(table))
    .map((mapping) => ({
      name: `${basename(path)} ${mapping.table}`,
      mapping,
      preset,
      headers: dump.headers(mapping),
      detected: { decimal: '.', dates: 'ymd', isGuess: false },
      rows: async () => eachOf(dump.rows(mapping)),
    }));
};

async function* eachOf(rows: Iterable<SourceRow>): AsyncGenerator<ReadRow> {
  yield* rows;
}

const firstRows = async (rows: AsyncIterable<ReadRow>): Promise<readonly SourceRow[]> => {
  const found: SourceRow[] = [];
  for await (const row of rows) {
    if (!isFault(row)) found.push(row);
    if (found.length >= sampleRows) break;
  }
  return found;
};

const planCsv = async (path: string, options: PlanOptions): Promise<readonly PlannedFile[]> => {
  const encoding = await detectEncoding(path);
  const sample = await readBeginning(path, encoding, sampleSize);
  const name = basename(path);
  if (/^BEGIN:V(?:CALENDAR|CARD)/.test(sample)) {
    options.notice(`${name} is left out: it holds a calendar or contacts in another format than CSV.`);
    return [];
  }
  const dialect = detectDialect(sample);
  const open = (mapping?: Mapping): Promise<CsvFile> =>
    readCsv(readText(path, encoding), dialect, (headers) => (mapping ? renamed(headers, mapping) : headers));
  const { headers, rows } = await open();
  const detected = detectReading(await firstRows(rows), options.fallback);
  return mappingsFor(headers, name, options).map(({ mapping, preset }) => ({
    name,
    mapping,
    preset,
    headers: renamed(headers, mapping),
    detected,
    rows: async () => (await open(mapping)).rows,
  }));
};

const mappingsFor = (
  headers: readonly string[],
  name: string,
  options: PlanOptions,
): readonly Pick<PlannedFile, 'mapping' | 'preset'>[] => {
  const found = options.module === undefined || options.isGiven ? recognise(headers, options.presets) : null;
  if (found?.ignored) options.notice(`${name} is left out: ${found.ignored}`);
  if (found) return found.mappings.map((mapping) => ({ mapping, preset: found.preset }));
  const [only] = options.presets;
  // a mapping of one's own need not say by what it is recognised
  if (options.isGiven && only) {
    const open = only.mappings.filter(({ detect, table }) => detect === undefined && table === undefined);
    if (open.length > 0) return open.map((mapping) => ({ mapping, preset: only }));
    throw new CrmError(
      'config',
      `${name} is none of the files of "${only.name}". Its headers are: ${headers.join(', ')}.`,
      { headers },
    );
  }
  return [{ mapping: guessed(headers, name, options), preset: null }];
};

const guessed = (headers: readonly string[], name: string, { registry, module: key, notice }: PlanOptions): Mapping => {
  const names = columnNames() as ColumnNames;
  const module = key === undefined ? guessModule(headers, registry, names) : registry.get(key);
  const mapping = matchHeaders(headers, module, { names, registry });
  if (!mapping)
    throw new CrmError(
      'config',
      `None of the headers of ${name} means a field of "${module.key}": ${headers.join(', ')}.`,
      { headers },
    );
  const pairs = Object.entries(mapping.columns).map(([header, [first]]) => `${header} → ${first?.field ?? ''}`);
  notice(`${name} is read as "${module.key}": ${pairs.join(', ')}.`);
  return mapping;
};
