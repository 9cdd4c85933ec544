#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { Command, Terminal } from './commands/command.ts';
import { commands } from './commands/commands.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const terminal: Terminal = {
  environment: process.env,
  out: (line) => void process.stdout.write(line),
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
    'TESSERA_ORIGINS (pages that may use any token), TESSERA_RATE_LIMIT (requests a second for each caller, 0 for no limit).',
    '',
  ].join('\n');

const run = async (command: Command, args: readonly string[]): Promise<number> => {
  if (args.includes('--help')) {
    terminal.out(`${command.usage}\n`);
    return 0;
  }
  return command.run(args, terminal);
};

const [name = '--help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  try {
    process.exitCode = await run(command, args);
  } catch (error) {
    // wrong options and wrong settings are for whoever typed them; anything else needs its trace
    const isExpected = isCrmError(error) || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    terminal.note(isExpected ? `${(error as Error).message}\n` : `${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
} else {
  const isAsked = name === '--help' || name === 'help';
  (isAsked ? terminal.out : terminal.note)(isAsked ? help() : `There is no command "${name}".\n\n${help()}`);
  process.exitCode = isAsked ? 0 : 1;
}
