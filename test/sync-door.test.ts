// The door for caches as pages have it: the client over the whole server. Here, because neither may import the other.
import { after, before, describe, it } from 'node:test';
import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import type { OpenedDoor } from '@tessera-crm/model/testing/sync-door-kit.js';
import { describeSyncDoor } from '@tessera-crm/model/testing/sync-door-suite.js';
import { secretKeyId } from '../packages/server/src/auth/secret-key.ts';
import { forgetChanges } from '../packages/server/src/housekeeping/forget-changes.ts';
import { TestApp, testOrigin } from '../packages/server/src/testing/test-app.ts';
import { engines } from '../packages/server/src/testing/test-database.ts';

for (const engine of engines)
  describe(`on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    before(async () => {
      app = await TestApp.open(engine);
    });
    after(async () => app.close());

    const open = async (): Promise<OpenedDoor> => {
      const tenant = await app.tenant(`t-${crypto.randomUUID().slice(0, 8)}`);
      const storeOf = (token: string): RemoteStore =>
        new RemoteStore({
          url: testOrigin,
          token,
          fetch: async (url, init) => app.app.fetch(new Request(url, init)),
        });
      const key = await app.key(tenant);
      const [own, others] = [storeOf(key), storeOf(await app.key(tenant))];
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      const { feed } = app.app.backend;
      return {
        door: own.sync,
        others,
        forget: async () => forgetChanges(app.database, tenant.id, tomorrow),
        raise: async () => feed.raise(tenant.id, `key:${secretKeyId(key)}`, await feed.head(tenant.id)),
      };
    };

    describeSyncDoor({ describe, it }, { name: 'a server', open });
  });
