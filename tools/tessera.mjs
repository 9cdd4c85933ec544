// npm run tessera -- <command>: the command line of this checkout, from source.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, ensureNode, exitOf, onStop, root } from './bootstrap.mjs';

ensureInstalled();
await ensureNode();
const bin = join(root, 'packages', 'server', 'src', 'bin.ts');
const command = spawn(process.execPath, ['--conditions=tessera-source', bin, ...process.argv.slice(2)], {
  // where the person stands, so that files are found as they are named
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
onStop((signal) => command.kill(signal));
process.exitCode = await exitOf(command);
