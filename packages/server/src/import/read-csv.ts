import Papa from 'papaparse';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Dialect } from './dialect.ts';
import { cellsOf, type ReadRow } from './source-row.ts';

/** Characters of one row at most: beyond, a quote was opened and never closed. */
const maxRow = 4_000_000;

/** Rows with a quotation mark that is never closed, after which a file is given up. */
const maxUnclosed = 100;

/** What Papa's parser gives for a piece of text. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  /** `index`: where the cell begins. */
  readonly errors: readonly { readonly code: string; readonly row: number; readonly index: number }[];
  /** `cursor`: where the first row begins that was not taken. */
  readonly meta: { readonly cursor: number };
}

interface RawRow {
  readonly cells: readonly string[];
  readonly fault?: string;
}

const faults: Readonly<Record<string, string>> = { MissingQuotes: 'unclosed-quote', InvalidQuotes: 'broken-quote' };

/**
 * Text that waits to become rows. A quotation mark out of place would swallow all rows up to the next one: so the line
 * in which it stands counts as broken, and reading goes on with the line after it.
 */
class Waiting {
  readonly #dialect: Dialect;
  #text = '';

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  get length(): number {
    return this.#text.length;
  }

  add(piece: string): void {
    this.#text += piece;
  }

  /** @param isLast - Whether nothing follows, so that the last row is complete. */
  *rows(isLast: boolean): Generator<RawRow> {
    while (this.#text !== '') {
      const { data, errors, meta } = this.#parse(isLast);
      const broken = errors.find(({ row }) => row < data.length);
      yield* data.slice(0, broken?.row).map((cells) => ({ cells }));
      if (!broken) {
        this.#text = isLast ? '' : this.#text.slice(meta.cursor);
        return;
      }
      yield { cells: [], fault: faults[broken.code] ?? broken.code };
      this.#dropLine(broken.index);
    }
  }

  /** Gives up the row that waits. */
  dropLine(): RawRow {
    this.#dropLine(0);
    return { cells: [], fault: 'unclosed-quote' };
  }

  #parse(isLast: boolean): Parsed {
    const { delimiter, newline } = this.#dialect;
    return new Papa.Parser({ delimiter, newline }).parse(this.#text, 0, !isLast) as Parsed;
  }

  #dropLine(from: number): void {
    const end = this.#text.indexOf(this.#dialect.newline, from);
    this.#text = end < 0 ? '' : this.#text.slice(end + 1);
  }
}

/** The rows of a text that comes in pieces, as lists of cells. */
async function* rawRows(text: AsyncIterable<string>, dialect: Dialect): AsyncGenerator<RawRow> {
  const waiting = new Waiting(dialect);
  let unclosed = 0;
  for await (const piece of text) {
    waiting.add(piece);
    yield* waiting.rows(false);
    while (waiting.length > maxRow) {
      yield waiting.dropLine();
      if (++unclosed === maxUnclosed) return;
      yield* waiting.rows(false);
    }
  }
  yield* waiting.rows(true);
}

/** Lines end in `\r\n` as often as in `\n`; the first of the two is left in the last cell when that is not quoted. */
const withoutReturn = (cells: readonly string[]): readonly string[] =>
  cells.at(-1)?.endsWith('\r') ? [...cells.slice(0, -1), cells.at(-1)!.slice(0, -1)] : cells;

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** Headers as they are told apart: blank ones by their place, repeated ones by a number. */
export const tellApart = (names: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const header = name.trim() || `Column ${index + 1}`;
    const times = (seen.get(header) ?? 0) + 1;
    seen.set(header, times);
    return times === 1 ? header : `${header} (${times})`;
  });
};

const rowOf = (headers: readonly string[], row: number, { cells, fault }: RawRow): ReadRow => {
  if (fault !== undefined) return { row, fault };
  const { length } = cells;
  if (length > headers.length && !isBlank(cells.slice(headers.length)))
    return { row, fault: 'too-many-cells', params: { expected: headers.length, found: length } };
  if (length < headers.length)
    return { row, fault: 'too-few-cells', params: { expected: headers.length, found: length } };
  return { row, cells: cellsOf(headers, cells) };
};

export interface CsvFile {
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<ReadRow>;
}

/**
 * A CSV file as rows by header, read as they are asked for. Blank rows are left out, though they count.
 *
 * @param rename - What the headers are called instead.
 * @throws {CrmError} `config` when there is no header
 */
export const readCsv = async (
  text: AsyncIterable<string>,
  dialect: Dialect,
  rename: (headers: readonly string[]) => readonly string[] = (headers) => headers,
): Promise<CsvFile> => {
  const raw = rawRows(text, dialect);
  let row = dialect.hasMark ? 2 : 1;
  if (dialect.hasMark) await raw.next();
  const first = await raw.next();
  if (first.done || isBlank(first.value.cells)) throw new CrmError('config', 'The file has no header row.');
  const headers = rename(tellApart(withoutReturn(first.value.cells)));
  async function* rows(): AsyncGenerator<ReadRow> {
    for await (const one of raw) {
      row++;
      const cells = withoutReturn(one.cells);
      if (one.fault === undefined && isBlank(cells)) continue;
      yield rowOf(headers, row, { ...one, cells });
    }
  }
  return { headers, rows: rows() };
};
