import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuid7 } from '@tessera-crm/model/id.js';
import { onStop } from '../../../tools/bootstrap.mjs';
import { findPostgres, startPostgres } from '../../../tools/postgres.mjs';
import { startContender } from '../server/contender.ts';
import { during, onNewProfile } from './measure.ts';
import type { Pages } from './pages.ts';
import { printTable, type Row } from './table.ts';
import { measureSeeing } from './tabs.ts';

/** As many as are on the first page. */
const customers = 50;

interface Server {
  readonly address: string;
  /** Of a person; pages get no key of the server. */
  readonly token: string;
  readonly ids: readonly string[];
}

/** A server that lets the pages in, with customers, as long as something is done with it. */
const withServer = async (
  databaseUrl: string,
  pages: Pages,
  work: (server: Server) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  const process = await startContender('tessera', ['packages/server/src/bin.ts', 'serve', '--empty'], {
    DATABASE_URL: databaseUrl,
    TESSERA_DATA: folder,
    TESSERA_RATE_LIMIT: '0',
    TESSERA_ORIGINS: pages.origin,
  });
  onStop(() => process.child.kill());
  try {
    const address = `http://127.0.0.1:${process.port}`;
    await work({ address, ...(await fill(address, /sk_[0-9a-f]{16}_[\w-]{43}/.exec(process.said)![0])) });
  } finally {
    await process.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const fill = async (address: string, key: string): Promise<Omit<Server, 'address'>> => {
  const post = async (path: string, body: unknown): Promise<Readonly<Record<string, string>>> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(`${address}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as Readonly<Record<string, string>>;
  };
  const ids = Array.from({ length: customers }, () => uuid7(Date.now(), randomBytes(10)));
  const changes = ids.map((id, index) => {
    const values = { name: { first: 'Anna', last: `Rossi ${index}` }, lifecycle: 'customer' };
    return { op: 'create', module: 'contacts', id, values };
  });
  await post('changes', { changes });
  const user = await post('users', { name: { last: 'Bruno' }, email: 'bruno@bench.test' });
  const { token } = await post('sessions', { user: user['id'] });
  return { ids, token: token! };
};

/** Two people, each with a browser of their own: how long after a change by the one the other one sees it. */
const measureClients = (pages: Pages, { address, token, ids }: Server): Promise<number> => {
  const url = `${pages.urlOf('online')}#${address}|${token}`;
  return onNewProfile(
    async (first) =>
      onNewProfile(
        async (second) =>
          during(await first(), async (one) =>
            during(await second(), async (other) => {
              for (const { bench } of [one, other]) await bench.open();
              for (const { bench } of [one, other]) await bench.watch(customers, customers);
              return measureSeeing(one, other, { way: 'applied', ids });
            }),
          ),
        url,
      ),
    url,
  );
};

export const printClients = async (pages: Pages, rounds: number): Promise<void> => {
  const rows: Row[] = [];
  const measure = (title: string, databaseUrl: string): Promise<void> =>
    withServer(databaseUrl, pages, async (server) => {
      const all: number[] = [];
      for (let round = 0; round < rounds; round++) all.push(await measureClients(pages, server));
      const best = Math.min(...all);
      rows.push([title, best, { bar: '300 ms', isMet: best <= 300 }]);
    });
  await measure('PGlite', '');
  const programs = findPostgres();
  if (programs) {
    const postgres = await startPostgres(programs);
    try {
      await measure('PostgreSQL', postgres.url);
    } finally {
      await postgres.stop();
    }
  }
  printTable('A change is seen by somebody else, over the server, from the call on: ms', {
    head: ['', 'median', 'bar'],
    rows,
  });
};
