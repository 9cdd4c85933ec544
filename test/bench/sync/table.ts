/** What is asked of a figure. */
interface Verdict {
  readonly bar: string;
  readonly isMet: boolean;
}

export type Row = readonly (string | number | Verdict)[];

const width = 16;

/** Prints figures under each other. What misses its bar makes the process fail. */
export const printTable = (
  title: string,
  { head, rows }: { readonly head: readonly string[]; readonly rows: readonly Row[] },
): void => {
  console.log(`\n${title}`);
  for (const row of [head, ...rows]) console.log(row.map(cellOf).join('').trimEnd());
};

const cellOf = (cell: Row[number], place: number): string => {
  if (typeof cell === 'string') return place === 0 ? cell.padEnd(width) : cell.padStart(width);
  if (typeof cell === 'number') return (Number.isFinite(cell) ? figure(cell) : '–').padStart(width);
  if (!cell.isMet) process.exitCode = 1;
  return `   ${cell.isMet ? 'within' : 'OVER'} ${cell.bar}`;
};

/** Three digits that count, at least. */
const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3);
