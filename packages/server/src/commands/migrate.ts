import { mkdir } from 'node:fs/promises';
import { openDatabase } from '../database/open-database.ts';
import { migrate } from '../sql/migrate.ts';
import type { Command } from './command.ts';
import { readSettings } from './settings.ts';

export const migrateCommand: Command = {
  summary: 'bring the database up to date',
  usage: 'tessera migrate',
  async run(_args, terminal) {
    const { folder, database: address } = readSettings(terminal);
    await mkdir(folder, { recursive: true });
    const database = await openDatabase(address);
    try {
      const done = await migrate(database);
      for (const name of done) terminal.out(`${name}\n`);
      terminal.note(done.length === 0 ? 'The database is up to date.\n' : `${done.length} migrations were run.\n`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
