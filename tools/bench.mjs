// npm run bench -- <name> [args]: runs test/bench/<name>/run.ts; without a name lists what there is.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { run } from './run.mjs';

const [name, ...args] = process.argv.slice(2);
const file = `test/bench/${name}/run.ts`;
if (name && existsSync(join(root, file))) await run(file, args);
else {
  console.log(`npm run bench -- <name>, one of: ${readdirSync(join(root, 'test/bench')).join(', ')}`);
  process.exitCode = name ? 1 : 0;
}
