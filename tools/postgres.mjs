// A PostgreSQL of our own for as long as the tests run: nobody's data, no password, only this machine, gone afterwards.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The folder with PostgreSQL's server programs, or undefined: PATH first, then where Debian and Homebrew put them. */
export function findPostgres() {
  const versions = (folder, inside) =>
    existsSync(folder)
      ? readdirSync(folder)
          .sort((a, b) => parseInt(b.replace(/\D+/g, ''), 10) - parseInt(a.replace(/\D+/g, ''), 10))
          .map((name) => join(folder, name, inside))
      : [];
  const homebrew = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap((folder) =>
    versions(folder, 'bin').filter((path) => path.includes('postgresql')),
  );
  return [...(process.env.PATH ?? '').split(delimiter), ...versions('/usr/lib/postgresql', 'bin'), ...homebrew].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/**
 * Starts an empty cluster with the programs in `bin`. Resolves to its `url`, a `stop()` that leaves nothing behind, and
 * `halt(signal)`, which ends the server at once or in order (SIGQUIT, SIGINT) and gives how to go on with the same data.
 *
 * @param settings - Of PostgreSQL: by default nothing waits for the disk, and what was committed last may be lost.
 */
export async function startPostgres(bin, settings = {}) {
  const user = unprivileged();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-pg-')));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user };
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  const init = ['-D', data, '-U', 'postgres', '-E', 'UTF8', `--locale=${locale}`, '--auth=trust', '--no-sync'];
  execFileSync(join(bin, 'initdb'), init, options);

  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const launch = () => spawn(join(bin, 'postgres'), serverArgs(data, { socket: folder, port, settings }), options);
    let server = launch();
    const clean = () => {
      server.kill('SIGQUIT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    process.on('exit', clean);
    const log = await untilReady(server);
    if (log === undefined) {
      const halt = async (signal) => {
        const isOver = server.exitCode !== null || server.signalCode !== null;
        const ended = !isOver && new Promise((resolve) => server.on('exit', resolve));
        server.kill(signal);
        await ended;
        return async () => {
          for (let again = 1; ; again++) {
            const failure = await untilReady((server = launch()));
            if (failure === undefined) return;
            // whoever connects somewhere may have been given its port meanwhile, until that is over
            if (again === 20) throw new Error(`PostgreSQL did not start again:\n${failure}`);
            await pause(250);
          }
        };
      };
      const stop = async () => {
        await halt('SIGINT');
        process.off('exit', clean);
        clean();
      };
      return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop, halt };
    }
    process.off('exit', clean);
    // Somebody else may have taken the port between our look and our start.
    if (attempt === 5) throw new Error(`PostgreSQL did not start:\n${log}`);
  }
}

const serverArgs = (data, { socket, port, settings: given }) => {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socket,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: 100,
    lc_messages: 'C',
    timezone: 'UTC',
    ...given,
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
};

/** Undefined once the server accepts connections; what it wrote when it ended instead. */
function untilReady(server) {
  return new Promise((resolve) => {
    let log = '';
    server.stderr.setEncoding('utf8');
    server.stderr.on('data', (text) => {
      log = (log + text).slice(-4000);
      if (log.includes('ready to accept connections')) resolve(undefined);
    });
    server.on('exit', () => resolve(log));
  });
}

/** PostgreSQL refuses to run as root, so root lends it another account. */
function unprivileged() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option, name) =>
    Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {
      // No such account; try the next.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a user postgres nor a user nobody.');
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
