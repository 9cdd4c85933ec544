// node tools/with-postgres.mjs <command ...>: runs the command with TEST_DATABASE_URL naming a throw-away PostgreSQL.
import { spawn } from 'node:child_process';
import { ensureInstalled, ensureNode, ensurePostgres, exitOf, onStop } from './bootstrap.mjs';
import { startPostgres } from './postgres.mjs';

ensureInstalled();
await ensureNode();
const found = ensurePostgres();
if (found.skipped) console.log(found.skipped);
const postgres = found.bin ? await startPostgres(found.bin) : undefined;

const [command = 'env', ...args] = process.argv.slice(2);
const url = postgres?.url ?? found.url;
const env = url ? { ...process.env, TEST_DATABASE_URL: url } : process.env;
const child = spawn(command, args, { stdio: 'inherit', env });
onStop((signal) => child.kill(signal));
process.exitCode = await exitOf(child);
await postgres?.stop();
