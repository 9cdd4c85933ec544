/** Where a command reads from and writes to. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Results: what one pipes into a file. */
  out(text: string): void;
  /** What is said beside the results. */
  note(text: string): void;
  /** Everything that was piped in. */
  input(): Promise<string>;
  /** Aborted when the process is asked to end. */
  readonly stopping: AbortSignal;
}

/** One word after `tessera`. */
export interface Command {
  readonly summary: string;
  /** Its arguments and options, a line each. */
  readonly usage: string;
  /** @returns The exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
