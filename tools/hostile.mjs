// npm run hostile: serves the pages of test/hostile with a server of sample records behind them, to be opened by hand;
// npm run hostile -- page: writes docs/hosts.md.
import { join } from 'node:path';
import { ensureInstalled, ensureNode, exitOf, fail, onStop, root } from './bootstrap.mjs';
import { buildElements } from './elements-bundle.mjs';
import { spawn } from 'node:child_process';

ensureInstalled();
await ensureNode();
const [command = 'serve'] = process.argv.slice(2);
const files = { serve: 'serve-by-hand.ts', page: 'write-hosts-page.ts' };
if (!Object.hasOwn(files, command)) fail('npm run hostile [-- serve | page]');
if (command === 'serve' && !(await buildElements())) fail('The elements could not be built, see above.');

const file = join('test', 'hostile', 'support', files[command]);
// The embedded database is enough for looking
const env = { ...process.env, TESSERA_SKIP_POSTGRES: '1' };
const child = spawn(process.execPath, ['--conditions=tessera-source', file], { cwd: root, env, stdio: 'inherit' });
onStop((signal) => child.kill(signal));
process.exitCode = await exitOf(child);
