import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A server that is measured, in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** What it wrote until it was ready. */
  readonly said: string;
  /** Resolves when the process is gone, also when it went by itself. */
  stop(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** @throws {Error} When it ends before it is ready. */
export const startContender = async (
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Contender> => {
  const port = await freePort();
  const child = spawn('node', ['--conditions=tessera-source', ...args], {
    env: { ...process.env, ...env, PORT: String(port), NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (!said.includes('Try it') && !said.includes('ready')) continue;
    child.stdout.resume();
    const stop = async (): Promise<void> => {
      child.kill();
      await ended;
    };
    return { name, port, child, said, stop };
  }
  throw new Error(`${name} ended before it was ready: ${said}`);
};
