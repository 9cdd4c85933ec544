import { CrmError } from '@tessera-crm/model/errors.js';
import type { Mapping } from './mapping.ts';
import type { SourceRow } from './source-row.ts';

/** A table of a dump: its columns, and its rows as text with the line of the file on which each begins. */
interface DumpTable {
  readonly columns: readonly string[];
  readonly rows: SourceRow[];
}

const create = /create\s+table\s+(?:if\s+not\s+exists\s+)?([\w."]+)\s*\(([\s\S]*?)\n\)\s*;/gi;

const constraint = /^(?:primary|foreign|unique|check|constraint|exclude)\b/i;

const bareName = (name: string): string => name.replaceAll('"', '').split('.').at(-1)!;

const columnsOf = (body: string): readonly string[] =>
  body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !constraint.test(line))
    .map((line) => bareName(line.split(/\s/)[0]!));

const insert = /insert\s+into\s+([\w."]+)\s*(?:\(([^)]*)\))?\s*values\s*/giy;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Reads values as SQL writes them. Only what dumps consist of: texts, numbers, null and truth. */
class Values {
  readonly #text: string;
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** The rows of one `values (…), (…);`. */
  *rows(): Generator<{ readonly at: number; readonly cells: readonly string[] }> {
    for (;;) {
      this.#blank();
      if (this.#text[this.at] !== '(') return;
      yield { at: this.at, cells: this.#row() };
      this.#blank();
      if (this.#text[this.at] !== ',') return;
      this.at++;
    }
  }

  #row(): readonly string[] {
    const cells: string[] = [];
    for (this.at++; ; this.at++) {
      this.#blank();
      cells.push(this.#cell());
      this.#blank();
      if (this.#text[this.at] === ')') break;
      if (this.#text[this.at] !== ',') throw this.#broken();
    }
    this.at++;
    return cells;
  }

  #cell(): string {
    const isEscaped = /^e'/i.test(this.#text.slice(this.at, this.at + 2));
    if (isEscaped) this.at++;
    if (this.#text[this.at] === "'") return this.#quoted(isEscaped);
    const end = this.at + /^[^,)]*/.exec(this.#text.slice(this.at, this.at + 200))![0].length;
    const word = this.#text
      .slice(this.at, end)
      .replace(/::\w+$/, '')
      .trim();
    this.at = end;
    return /^null$/i.test(word) ? '' : word;
  }

  #quoted(isEscaped: boolean): string {
    let from = ++this.at;
    let text = '';
    for (;;) {
      const end = this.#text.indexOf("'", from);
      if (end < 0) throw this.#broken();
      if (this.#text[end + 1] !== "'") {
        text += this.#text.slice(this.at, end);
        this.at = end + 1;
        break;
      }
      text += this.#text.slice(this.at, end + 1);
      this.at = from = end + 2;
    }
    // a byte array; nothing that an import could use
    if (text === String.raw`\x`) return '';
    return isEscaped ? text.replaceAll(/\\(.)/g, (_all, letter: string) => escapes[letter] ?? letter) : text;
  }

  #blank(): void {
    while (/\s/.test(this.#text[this.at] ?? '')) this.at++;
  }

  #broken(): CrmError {
    const line = this.#text.slice(0, this.at).split('\n').length;
    return new CrmError('config', `The dump cannot be read at line ${line}.`, { line });
  }
}

/** The tables of an SQL dump as `pg_dump --inserts` writes it. */
export class SqlDump {
  readonly #tables = new Map<string, DumpTable>();

  /** @throws {CrmError} `config` where it cannot be read */
  constructor(text: string) {
    for (const [, name, body] of text.matchAll(create))
      this.#tables.set(bareName(name!), { columns: columnsOf(body!), rows: [] });
    let line = 1;
    let counted = 0;
    const lineAt = (at: number): number => {
      for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++;
      return line;
    };
    for (let from = nextInsert(text, 0); from >= 0; from = nextInsert(text, from)) {
      insert.lastIndex = from;
      const found = insert.exec(text);
      if (!found) {
        from++;
        continue;
      }
      const values = new Values(text, insert.lastIndex);
      const [, name, listed] = found;
      for (const { at, cells } of values.rows()) this.#add(bareName(name!), listed, { row: lineAt(at), cells });
      from = values.at;
    }
  }

  get tables(): readonly string[] {
    return [...this.#tables].filter(([, { rows }]) => rows.length > 0).map(([name]) => name);
  }

  headers({ table = '', join }: Pick<Mapping, 'table' | 'join'>): readonly string[] {
    const others = join.flatMap((other) =>
      (this.#tables.get(other.table)?.columns ?? []).map((column) => other.prefix + column),
    );
    return [...new Set([...(this.#tables.get(table)?.columns ?? []), ...others])];
  }

  /** The rows of a table; each as often as there are rows joined to it, at least once. */
  *rows({ table = '', join }: Pick<Mapping, 'table' | 'join'>): Generator<SourceRow> {
    const indexes = join.map((other) => ({ ...other, index: this.#index(other.table, Object.values(other.on)) }));
    for (const row of this.#tables.get(table)?.rows ?? []) {
      let rows: readonly SourceRow[] = [row];
      for (const { on, prefix, index } of indexes) {
        const found = index.get(keyOf(row, Object.keys(on))) ?? [];
        if (found.length > 0) rows = rows.flatMap((one) => found.map((other) => merged(one, other, prefix)));
      }
      yield* rows;
    }
  }

  #index(table: string, columns: readonly string[]): ReadonlyMap<string, readonly SourceRow[]> {
    return Map.groupBy(this.#tables.get(table)?.rows ?? [], (row) => keyOf(row, columns));
  }

  #add(
    name: string,
    listed: string | undefined,
    { row, cells }: { readonly row: number; readonly cells: readonly string[] },
  ): void {
    const columns = listed?.split(',').map((column) => bareName(column.trim()));
    const table = this.#tables.get(name) ?? {
      columns: columns ?? cells.map((_cell, index) => `column ${index + 1}`),
      rows: [],
    };
    this.#tables.set(name, table);
    const named = Object.create(null) as Record<string, string>;
    (columns ?? table.columns).forEach((column, index) => (named[column] = cells[index] ?? ''));
    table.rows.push({ row, cells: named });
  }
}

const nextInsert = (text: string, from: number): number => {
  const found = /\binsert\s+into\b/gi;
  found.lastIndex = from;
  return found.exec(text)?.index ?? -1;
};

const keyOf = ({ cells }: SourceRow, columns: readonly string[]): string =>
  columns.map((column) => cells[column] ?? '').join('\n');

const merged = (row: SourceRow, { cells }: SourceRow, prefix: string): SourceRow => {
  const all = Object.assign(Object.create(null) as Record<string, string>, row.cells);
  for (const [column, cell] of Object.entries(cells)) all[prefix + column] ??= cell;
  return { row: row.row, cells: all };
};
