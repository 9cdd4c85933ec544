import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export const start = (args: readonly string[], environment: Environment): ChildProcess =>
  spawn(process.execPath, ['--conditions=tessera-source', bin, ...args], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly note: string;
}

/** Runs a command to its end. */
export const run = async (args: readonly string[], environment: Environment, input = ''): Promise<Ended> => {
  const child = start(args, environment);
  let [out, note] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (note += text));
  child.stdin!.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, note };
};

/** A server in a process of its own. */
export class Served {
  readonly child: ChildProcess;
  readonly address: string;
  readonly greeting: string;

  constructor(child: ChildProcess, address: string, greeting: string) {
    this.child = child;
    this.address = address;
    this.greeting = greeting;
  }

  static async start(
    args: readonly string[],
    environment: Environment,
    { empty = true }: { readonly empty?: boolean } = {},
  ): Promise<Served> {
    const child = start(['serve', ...(empty ? ['--empty'] : []), '--port', '0', ...args], environment);
    let note = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (note += text));
    let greeting = '';
    for await (const text of child.stdout!.setEncoding('utf8') as AsyncIterable<string>) {
      greeting += text;
      if (greeting.includes('Try it:')) break;
    }
    const address = /http:\/\/[\d.]+:\d+/.exec(greeting)?.[0];
    if (address === undefined) assert.fail(`It did not start: ${note}${greeting}`);
    return new Served(child, address, greeting);
  }

  async ask(
    route: string,
    { token, body, headers }: { readonly token?: string; readonly body?: object; readonly headers?: Environment } = {},
  ): Promise<Response> {
    const [method = 'GET', path = '/'] = route.split(' ');
    return fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      ...(body && { body: JSON.stringify(body) }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }
}

export const keyIn = (text: string): string =>
  /sk_[0-9a-f]{16}_[\w-]{43}/.exec(text)?.[0] ?? assert.fail(`No key in: ${text}`);
