import type { Reporter } from './import-context.ts';
import { addCounts, counted, noCounts, type Counts, type Outcome, type RowMessage } from './outcome.ts';

export interface ProgressOptions {
  /** Whether lines may be written over. */
  readonly isTerminal: boolean;
  /** Whether nothing is written. */
  readonly isDry: boolean;
  readonly write: (text: string) => void;
  /** Failed rows that are shown; the others are counted. */
  readonly shown: number;
  /** Milliseconds of some clock, to draw no more often than eyes can follow. */
  readonly clock: () => number;
}

/** Milliseconds between two drawings. */
const pace = 200;

/** Rows between two lines where lines cannot be written over. */
const stride = 10_000;

const figures = ({ imported, updated, skipped, failed }: Counts, isDry: boolean): string =>
  `${imported} ${isDry ? 'would be imported' : 'imported'}, ${updated} ${isDry ? 'would be updated' : 'updated'}, ${skipped} skipped, ${failed} failed`;

const total = ({ imported, updated, skipped, failed }: Counts): number => imported + updated + skipped + failed;

/** Shows how far an import got: one line that changes on a terminal, plain lines elsewhere. */
export class Progress implements Reporter {
  readonly #options: ProgressOptions;
  #title = '';
  #counts = noCounts;
  #done = noCounts;
  #shown = 0;
  #drawnAt = 0;
  #isOpen = false;

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  /** Of all files so far. */
  get counts(): Counts {
    return addCounts(this.#done, this.#counts);
  }

  file(name: string, module: string): void {
    this.#close();
    this.#title = `${name} → ${module}`;
    this.#isOpen = true;
  }

  outcome(outcome: Outcome): void {
    this.#counts = counted(this.#counts, outcome);
    if (outcome.outcome === 'failed') for (const message of outcome.messages) this.#failure(outcome.row, message);
    this.#draw();
  }

  remark({ file, id }: { readonly file: string; readonly id: string }, { column, sentence }: RowMessage): void {
    this.#line(`  ${file}, ${id}: ${column === null ? '' : `${column}: `}${sentence}`);
  }

  notice(text: string): void {
    this.#line(text);
  }

  /** Says how the last file ended, and all of them together. */
  finish(): void {
    this.#close();
    const { warned } = this.#done;
    const kept =
      warned > 0 ? ` Of ${warned} something could not be read; it is kept in \`custom.import\` and in a note.` : '';
    this.#line(
      `${figures(this.#done, this.#options.isDry)}.${kept}${this.#options.isDry ? ' Nothing was written.' : ''}`,
    );
  }

  #failure(row: number, { column, code, sentence }: RowMessage): void {
    this.#shown++;
    if (this.#shown < this.#options.shown)
      this.#line(`  row ${row}${column === null ? '' : `, ${column}`}: ${code}: ${sentence}`);
    else if (this.#shown === this.#options.shown)
      this.#line('  … more rows failed; --report writes all of them to a file');
  }

  #draw(): void {
    const { isTerminal, write, clock } = this.#options;
    const rows = total(this.#counts);
    if (!isTerminal) {
      if (rows % stride === 0) write(`${this.#title}: ${figures(this.#counts, this.#options.isDry)}\n`);
      return;
    }
    const now = clock();
    if (now - this.#drawnAt < pace) return;
    this.#drawnAt = now;
    write(`\r\u001b[2K${this.#title}: ${rows} rows, ${this.#counts.failed} failed`);
  }

  #close(): void {
    if (this.#isOpen) this.#line(`${this.#title}: ${figures(this.#counts, this.#options.isDry)}`);
    this.#isOpen = false;
    this.#done = addCounts(this.#done, this.#counts);
    this.#counts = noCounts;
    this.#shown = 0;
  }

  #line(text: string): void {
    this.#options.write(this.#options.isTerminal ? `\r\u001b[2K${text}\n` : `${text}\n`);
  }
}
