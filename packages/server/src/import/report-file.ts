import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { csvCell } from '../commands/export.ts';
import type { Outcome, RowMessage } from './outcome.ts';

const columns = ['file', 'row', 'outcome', 'module', 'id', 'column', 'code', 'sentence'] as const;

type Line = Readonly<Record<(typeof columns)[number], string>>;

const wouldBe: Readonly<Record<Outcome['outcome'], string>> = {
  imported: 'would be imported',
  updated: 'would be updated',
  skipped: 'skipped',
  failed: 'failed',
};

/** A CSV of what became of every row; a row about which there are several things to say has several lines. */
export class ReportFile {
  readonly #stream: WriteStream;
  readonly #isDry: boolean;

  /** @param isDry - Whether nothing is written, and no id means anything. */
  constructor(path: string, isDry: boolean) {
    this.#isDry = isDry;
    this.#stream = createWriteStream(path, 'utf8');
    // spreadsheets tell UTF-8 by its mark
    this.#stream.write(`\uFEFF${columns.join(',')}\r\n`);
  }

  /** Fails as soon as the file cannot be written. */
  async opened(): Promise<this> {
    await once(this.#stream, 'open');
    return this;
  }

  outcome({ file, row, outcome, module, id, messages }: Outcome): void {
    const about: readonly (RowMessage | null)[] = messages.length > 0 ? messages : [null];
    const what = this.#isDry
      ? { outcome: wouldBe[outcome], id: outcome === 'imported' ? '' : (id ?? '') }
      : { outcome, id: id ?? '' };
    for (const message of about) this.#line({ file, row: String(row), module, ...what, ...texts(message) });
  }

  remark(at: { readonly file: string; readonly module: string; readonly id: string }, message: RowMessage): void {
    this.#line({ ...at, row: '', outcome: 'remark', ...texts(message) });
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'finish');
  }

  #line(line: Line): void {
    this.#stream.write(`${columns.map((column) => csvCell(line[column])).join(',')}\r\n`);
  }
}

const texts = (message: RowMessage | null) => ({
  column: message?.column ?? '',
  code: message?.code ?? '',
  sentence: message?.sentence ?? '',
});
