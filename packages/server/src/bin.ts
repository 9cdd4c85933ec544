#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Command, Terminal } from './commands/command.ts';
import { commands } from './commands/commands.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

/** What shells say of a program that ended because nobody reads on: 128 and the number of SIGPIPE. */
const unread = 141;

let isRead = true;
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stderr) return;
    isRead = false;
    process.exitCode = unread;
  });

const terminal: Terminal = {
  environment: process.env,
  out: (line) => {
    if (!isRead) throw new CrmError('aborted', 'Nobody reads on.');
    process.stdout.write(line);
  },
  note: (line) => void process.stderr.write(line),
  input: () => text(process.stdin),
  stopping: stopping.signal,
};

const help = (): string =>
  [
    'Usage: tessera <command> [options]',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'tessera <command> --help says more.',
    'Environment: PORT (4600), HOST (127.0.0.1), TESSERA_DATA (./data), DATABASE_URL (PostgreSQL instead of the embedded database),',
    'TESSERA_ORIGINS (pages that may use any token), TESSERA_SANDBOXED (1 for sandboxed frames, too),',
    'TESSERA_RATE_LIMIT (requests a second for each caller, 0 for no limit).',
    '',
  ].join('\n');

const run = async (command: Command, args: readonly string[]): Promise<number> => {
  if (args.includes('--help')) {
    terminal.out(`${command.usage}\n`);
    return 0;
  }
  return command.run(args, terminal);
};

/** Wrong options and wrong settings are for whoever typed them; anything else needs its trace. */
const complain = (error: unknown): void => {
  const isExpected = isCrmError(error) || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  terminal.note(isExpected ? `${(error as Error).message}\n` : `${(error as Error).stack}\n`);
  process.exitCode = 1;
};

const [name = '--help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  try {
    const code = await run(command, args);
    if (isRead) process.exitCode = code;
  } catch (error) {
    if (isRead) complain(error);
  }
} else {
  const isAsked = name === '--help' || name === 'help';
  (isAsked ? terminal.out : terminal.note)(isAsked ? help() : `There is no command "${name}".\n\n${help()}`);
  process.exitCode = isAsked ? 0 : 1;
}
