import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdaptorServer } from '@hono/node-server';
import { CrmError } from '@tessera-crm/model/errors.js';
import { DevRoutes } from '../http/dev-routes.ts';
import type { Tenant } from '../auth/access.ts';
import { compressed, type Answer } from './compressed.ts';
import type { Command, Terminal } from './command.ts';
import { createKey } from '../auth/create-key.ts';
import { choresOf } from '../housekeeping/chores.ts';
import { Housekeeper } from '../housekeeping/housekeeper.ts';
import { loadSampleIfThere } from './load-sample.ts';
import { exampleHosts } from './example-hosts.ts';
import { site, type Host } from './site.ts';
import { ensureTenant, withApp, type Workplace } from './with-app.ts';

/** Slow senders hold a connection no longer than this, in milliseconds. */
const patience = { headersTimeout: 10_000, requestTimeout: 120_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 };

const options = {
  dev: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  port: { type: 'string' },
  host: { type: 'string' },
} as const;

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost']);

/** The packages' folder seen from here, in the repository as well as where packages were installed. */
const packages = join(import.meta.dirname, '..', '..', '..');

const listen = async (
  fetch: Answer,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Server> => {
  const server = createAdaptorServer({
    fetch: (request: Request, { incoming }) => fetch(request, incoming.socket.remoteAddress ?? ''),
    serverOptions: patience,
  }) as Server;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CrmError(
      'config',
      `Port ${port} of ${host} cannot be used: ${(error as Error).message}`,
      { port, host },
      error,
    );
  }
  return server;
};

/** On a first start: somebody to be, something to look at, a key to try. */
const prepare = async (
  { app, database }: Workplace,
  { terminal, empty }: { readonly terminal: Terminal; readonly empty: boolean },
): Promise<{ readonly tenant: Tenant; readonly key: string | null }> => {
  const { tenant, isNew } = await ensureTenant(app);
  if (isNew && !empty) await loadSampleIfThere({ app, database, tenant, now: new Date() }, terminal);
  // last of all, because it says that the first start came to its end
  const key = isNew ? await createKey(app.keyring, tenant, { name: 'first start', scope: null, origins: [] }) : null;
  return { tenant, key };
};

const greeting = (
  address: string,
  key: string | null,
  { dev, examples }: { readonly dev: boolean; readonly examples: readonly string[] },
): string =>
  [
    `Tessera listens on ${address}`,
    ...examples.map((name) => `  ${address}/examples/${name}/`),
    `  ${address}/openapi.json   the API`,
    ...(dev ? [`  ${address}/dev/users      whom one can sign in as, on this machine only`] : []),
    '',
    ...(key === null ? [] : [`A key for the API, shown this once: ${key}`]),
    dev
      ? `Another key: curl -X POST ${address}/dev/key`
      : 'Another key: tessera key create (with the embedded database, while the server is stopped)',
    `Try it: curl -H 'Authorization: Bearer ${key ?? '<key>'}' '${address}/v1/deals?limit=3'`,
    '',
  ].join('\n');

const housekeeperOf = ({ database, settings }: Workplace, terminal: Terminal): Housekeeper =>
  new Housekeeper({
    database,
    chores: choresOf(settings.keeping),
    failed: (chore, error) => terminal.note(`The chore "${chore}" failed: ${(error as Error).message}\n`),
  });

/** Ends in order: no new requests, goodbye to streams, then the connections, then the database. */
const untilStopped = async (server: Server, { app }: Workplace, { stopping }: Terminal): Promise<void> => {
  if (!stopping.aborted) await once(stopping, 'abort');
  const closed = new Promise((resolve) => server.close(resolve));
  await app.stop();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(timer);
};

export const serveCommand: Command = {
  summary: 'answer requests: the API, the elements and the examples on one address',
  usage:
    'tessera serve [--port 4600] [--host 127.0.0.1] [--dev] [--empty]\n' +
    '  --dev: sign in as anybody without a password, from this machine only\n' +
    '  --empty: begin without sample data',
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const environment = {
      ...terminal.environment,
      ...(values.port && { PORT: values.port }),
      ...(values.host && { HOST: values.host }),
    };
    return withApp({ ...terminal, environment }, async (workplace) => {
      const { host, port } = workplace.settings;
      if (values.dev && !loopbackHosts.has(host))
        throw new CrmError('config', '--dev is for this machine only: leave HOST at 127.0.0.1.');
      const { tenant, key } = await prepare(workplace, { terminal, empty: values.empty });
      const folders = {
        elements: join(packages, 'elements', 'cdn'),
        examples: join(packages, '..', 'examples'),
        storybook: join(packages, '..', 'storybook-static'),
      };
      const dev = values.dev ? new DevRoutes(workplace.app, tenant) : null;
      const hosts = new Map<string, Host>();
      const server = await listen(compressed(site({ app: workplace.app, dev, hosts, folders })), { port, host });
      const { port: bound } = server.address() as AddressInfo;
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
      if (dev)
        for (const [name, one] of await exampleHosts(workplace, { tenant, address, folder: folders.examples }))
          hosts.set(name, one);
      const examples = ['intranet', 'shop', 'erp'].filter((name) =>
        existsSync(join(folders.examples, name, 'index.html')),
      );
      const housekeeper = housekeeperOf(workplace, terminal);
      housekeeper.start();
      terminal.out(greeting(address, key, { dev: values.dev, examples }));
      await untilStopped(server, workplace, terminal);
      await housekeeper.stop();
      return 0;
    });
  },
};
