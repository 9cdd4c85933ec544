// node tools/run.mjs <file.ts> [args]: runs a file of ours on the right Node, with everything installed.
import { spawn } from 'node:child_process';
import { ensureInstalled, ensureNode, exitOf, onStop, root } from './bootstrap.mjs';

/** Runs it, and ends as it ends. */
export const run = async (file, args) => {
  ensureInstalled();
  await ensureNode();
  const child = spawn('node', ['--conditions=tessera-source', file, ...args], { cwd: root, stdio: 'inherit' });
  onStop((signal) => child.kill(signal));
  process.exitCode = await exitOf(child);
};

if (import.meta.main ?? process.argv[1]?.endsWith('run.mjs')) await run(process.argv[2], process.argv.slice(3));
