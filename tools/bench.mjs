// npm run bench -- <name> [args]: runs test/bench/<name>/run.ts; without a name lists what there is.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { ensureInstalled, ensureNode, exitOf, onStop, root } from './bootstrap.mjs';

ensureInstalled();
await ensureNode();
process.chdir(root);
const [name, ...args] = process.argv.slice(2);
const file = `test/bench/${name}/run.ts`;
if (!name || !existsSync(file)) {
  console.log(`npm run bench -- <name>, one of: ${readdirSync('test/bench').join(', ')}`);
  process.exit(name ? 1 : 0);
}
const child = spawn('node', ['--conditions=tessera-source', file, ...args], { stdio: 'inherit' });
onStop((signal) => child.kill(signal));
process.exitCode = await exitOf(child);
