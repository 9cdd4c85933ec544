import Papa from 'papaparse';

/** How the cells of a file are told apart. */
export interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly newline: '\n' | '\r';
  /** Excel's `sep=;` in the first line, which is no row. */
  readonly hasMark: boolean;
}

const delimiters = [',', ';', '\t', '|'] as const;

/** Rows that are looked at. */
const preview = 50;

const mark = /^"?sep=(.)"?\r?\n/i;

interface Score {
  readonly delimiter: Dialect['delimiter'];
  readonly columns: number;
  /** The share of rows that have as many cells as the first. */
  readonly agreeing: number;
}

const scoreOf = (sample: string, delimiter: Dialect['delimiter']): Score => {
  const { data } = Papa.parse<string[]>(sample, { delimiter, preview });
  // the last row of a sample may be cut off
  const rows = data.length > 2 ? data.slice(0, -1) : data;
  const columns = rows[0]?.length ?? 0;
  const agreeing = rows.filter((row) => row.length === columns || (row.length === 1 && row[0] === '')).length;
  return { delimiter, columns, agreeing: rows.length === 0 ? 0 : agreeing / rows.length };
};

/** More agreement first, and of two that agree alike the one that makes more columns. */
const isBetter = (a: Score, b: Score): boolean => {
  if (a.columns > 1 !== b.columns > 1) return a.columns > 1;
  return a.agreeing === b.agreeing ? a.columns > b.columns : a.agreeing > b.agreeing;
};

const isDelimiter = (text: string | undefined): text is Dialect['delimiter'] =>
  delimiters.some((delimiter) => delimiter === text);

/** @param sample - The beginning of a file. */
export const detectDialect = (sample: string): Dialect => {
  const newline = !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';
  const named = mark.exec(sample)?.[1];
  if (isDelimiter(named)) return { delimiter: named, newline, hasMark: true };
  const scores = delimiters.map((delimiter) => scoreOf(sample, delimiter));
  const { delimiter } = scores.reduce((best, score) => (isBetter(score, best) ? score : best));
  return { delimiter, newline, hasMark: false };
};
