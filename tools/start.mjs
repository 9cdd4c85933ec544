// npm start: installs what is missing, builds the elements when they changed, serves everything on one port.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, ensureNode, exitOf, fail, onStop, root } from './bootstrap.mjs';
import { buildElements } from './elements-bundle.mjs';
import { serverOptions } from './server-options.mjs';

ensureInstalled();
await ensureNode();
if (!(await buildElements())) fail('The elements could not be built, see above.');

const server = spawn(
  process.execPath,
  [
    '--conditions=tessera-source',
    ...serverOptions,
    join('packages', 'server', 'src', 'bin.ts'),
    'serve',
    '--dev',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
onStop((signal) => {
  server.kill(signal);
  // A server that is still busy after this is not going to finish.
  setTimeout(() => server.kill('SIGKILL'), 10_000).unref();
});
process.exitCode = await exitOf(server);
