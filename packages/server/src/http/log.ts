/** One thing worth knowing. It holds ids and codes, never values of fields. */
export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly requestId?: string;
  readonly route?: string;
  readonly code?: string;
  readonly message?: string;
  readonly error?: Error;
}

export type Log = (entry: LogEntry) => void;

/** Names and places of an error and its causes. Messages stay out: databases put values into theirs. */
const traceOf = (error: unknown): readonly string[] => {
  const lines: string[] = [];
  for (let at = error; at instanceof Error && lines.length < 40; at = at.cause) {
    const { code } = at as { readonly code?: unknown };
    const frames = (at.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    lines.push(
      typeof code === 'string' ? `${at.name} (${code})` : at.name,
      ...frames.slice(0, 12).map((line) => line.trim()),
    );
  }
  return lines;
};

/** One line of JSON for an entry. */
export const toLogLine = ({ error, ...entry }: LogEntry, time: string): string =>
  JSON.stringify({ time, ...entry, ...(error && { trace: traceOf(error) }) });

/** Logs to the error stream of the process, a line each. */
export const logToStream: Log = (entry) => {
  process.stderr.write(`${toLogLine(entry, new Date().toISOString())}\n`);
};
