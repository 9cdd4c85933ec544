import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { Hono } from 'hono';
import type { Keyring } from '../auth/keyring.ts';
import type { Backend } from '../backend.ts';
import type { Gate, Origin } from './gate.ts';
import type { Metrics } from './metrics.ts';
import { openApi } from './open-api.ts';
import type { TrustedOrigins } from './origins.ts';
import { preflight } from './preflight.ts';
import { json, text, type Reply } from './replies.ts';
import { applyChanges } from './routes/changes.ts';
import type { ExplainRoutes } from './routes/explain.ts';
import type { FeedRoutes } from './routes/feed.ts';
import type { FileRoutes } from './routes/files.ts';
import { getMe, getMeta } from './routes/meta.ts';
import * as records from './routes/records.ts';
import { searchRecords } from './routes/search.ts';
import type { SessionRoutes } from './routes/sessions.ts';
import { SyncRoutes } from './routes/sync.ts';

export interface RouterOptions {
  readonly basePath: string;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly keyring: Keyring;
  readonly registry: Registry;
  readonly backend: Backend;
  readonly trustedOrigins: TrustedOrigins;
  readonly sessionRoutes: SessionRoutes;
  readonly fileRoutes: FileRoutes;
  readonly explainRoutes: ExplainRoutes;
  readonly feed: FeedRoutes;
}

/** The version that the document of the API carries. */
const version = '1.0.0';

const unknownRoute = (): never => {
  throw new CrmError('not-found', 'There is nothing at this address.');
};

/** All addresses. What has a fixed name comes before what takes any module's. */
export const router = (options: RouterOptions): Hono<{ Bindings: Origin }> => {
  const { basePath, gate, keyring, trustedOrigins } = options;
  const app = new Hono<{ Bindings: Origin }>().basePath(basePath === '' ? '/' : basePath);
  app.options('*', async (context) => preflight(context, keyring, trustedOrigins));
  addHouse(app, options);
  addSessions(app, options);
  addShared(app, options);
  addRecords(app, gate);
  app.notFound(gate.open('unknown', unknownRoute));
  return app;
};

type Routes = Hono<{ Bindings: Origin }>;

const addHouse = (app: Routes, { gate, metrics, registry, basePath, backend }: RouterOptions): void => {
  let document: string | undefined;
  const ready = async (): Promise<Reply> => {
    if (!gate.isOpen) throw new CrmError('unavailable', 'The server is going down.');
    await backend.ping();
    return json({ status: 'ready' });
  };
  app.get(
    '/healthz',
    gate.open('healthz', () => json({ status: 'ok' })),
  );
  app.get('/readyz', gate.open('readyz', ready));
  app.get(
    '/metrics',
    gate.open('metrics', () => text(metrics.toText(), 'text/plain; version=0.0.4')),
  );
  app.get(
    '/openapi.json',
    gate.open('openapi', () =>
      text((document ??= JSON.stringify(openApi(registry, { basePath, version }))), 'application/json'),
    ),
  );
};

const addSessions = (app: Routes, { gate, sessionRoutes: sessions }: RouterOptions): void => {
  app.post('/v1/sessions', gate.known('sessions.mint', sessions.mint));
  app.post('/v1/login', gate.open('login', sessions.login));
  app.post('/v1/login/renew', gate.known('login.renew', sessions.renew));
  app.post('/v1/logout', gate.known('logout', sessions.logout));
  app.get('/v1/me', gate.known('me', getMe));
  app.get('/v1/me/sessions', gate.known('sessions.list', sessions.list));
  app.delete('/v1/me/sessions/:id', gate.known('sessions.revoke', sessions.revoke));
};

const addShared = (app: Routes, { gate, fileRoutes: files, explainRoutes, feed, backend }: RouterOptions): void => {
  const sync = new SyncRoutes(backend.feed);
  const download = gate.known('files.download', files.download);
  const downloadByLink = gate.open('files.link', files.downloadByLink);
  app.post('/v1/files', gate.known('files.upload', files.upload));
  app.get('/v1/files/:id', async (context) =>
    context.req.url.includes('signature=') ? downloadByLink(context) : download(context),
  );
  app.post('/v1/files/:id/link', gate.known('files.sign', files.link));
  app.get('/v1/sync/feed', gate.known('feed', feed.follow));
  app.post('/v1/sync/query', gate.known('sync.query', sync.query));
  app.post('/v1/sync/records', gate.known('sync.records', sync.records));
  app.post('/v1/sync/push', gate.known('sync.push', sync.push));
  app.post('/v1/sync/verify', gate.known('sync.verify', sync.verify));
  app.post('/v1/sync/bulk', gate.known('sync.bulk', sync.bulk));
  app.get('/v1/sync/bulk', gate.known('sync.bulk', sync.bulkAt));
  app.post('/v1/changes', gate.known('changes', applyChanges));
  app.get('/v1/search', gate.known('search', searchRecords));
  app.get('/v1/explain', gate.known('explain', explainRoutes.explain));
  app.get('/v1/meta', gate.known('meta', getMeta));
};

const addRecords = (app: Routes, gate: Gate): void => {
  app.get('/v1/:module', gate.known('list', records.listRecords));
  app.post('/v1/:module', gate.known('create', records.createRecord));
  app.post('/v1/:module/query', gate.known('query', records.queryRecords));
  app.post('/v1/:module/aggregate', gate.known('aggregate', records.aggregateRecords));
  app.get('/v1/:module/:id', gate.known('get', records.getRecord));
  app.patch('/v1/:module/:id', gate.known('update', records.updateRecord));
  app.delete('/v1/:module/:id', gate.known('delete', records.deleteRecord));
  app.get('/v1/:module/:id/history', gate.known('history', records.recordHistory));
  app.post('/v1/:module/:id/restore', gate.known('restore', records.restoreRecord));
  app.post('/v1/:module/:id/:action', gate.known('act', records.actOnRecord));
};
