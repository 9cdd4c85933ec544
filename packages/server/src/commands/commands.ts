import type { Command } from './command.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { keyCommand } from './key.ts';
import { migrateCommand } from './migrate.ts';
import { passwordCommand } from './password.ts';
import { sampleCommand } from './sample.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';

/** All commands by the word that calls them. */
export const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  migrate: migrateCommand,
  key: keyCommand,
  token: tokenCommand,
  password: passwordCommand,
  import: importCommand,
  export: exportCommand,
  sample: sampleCommand,
};
