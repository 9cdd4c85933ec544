import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Directory, Party } from '@tessera-crm/model/access/directory.js';
import { levelFor } from '@tessera-crm/model/access/explain.js';
import type { Level } from '@tessera-crm/model/access/level.js';
import type { Change } from '@tessera-crm/model/change.js';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import { AccessOracle } from '@tessera-crm/model/testing/access-oracle.js';
import { randomBelonging, randomDirectory, type Population } from '@tessera-crm/model/testing/random-directory.js';
import { randomId } from '@tessera-crm/model/testing/random-world.js';
import type { Tenant } from '../auth/access.ts';
import type { RecordStore } from '../backend.ts';
import { engines } from '../testing/test-database.ts';
import { TestApp, type Answer } from '../testing/test-app.ts';
import { openApi } from './open-api.ts';

const modules = ['accounts', 'contacts'] as const;

/** Tenants by engine, and the attempts that they come to at least: more than 20,000 together. */
const worlds: Readonly<Record<string, readonly [count: number, attempts: number]>> = {
  PGlite: [28, 15_000],
  PostgreSQL: [10, 5_000],
};

interface World {
  readonly tenant: Tenant;
  readonly key: string;
  readonly directory: Directory;
  readonly store: RecordStore;
  readonly users: readonly string[];
}

/** What of an operation decides on how far one has to reach; actions change a record. */
const levelOf = (operation: string): Level => {
  const levels: Readonly<Record<string, Level>> = { get: 'read', history: 'read', delete: 'full', restore: 'full' };
  return levels[operation] ?? levelFor.edit!;
};

interface Operation {
  readonly module: string;
  readonly name: string;
  readonly route: (id: string) => string;
  readonly body: unknown;
}

/** An answer without what differs by itself from request to request. */
const shapeOf = ({ status, json }: Answer, id: string): string => {
  const { requestId: _requestId, ...rest } = (json ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ status, rest }).replaceAll(id, '<id>');
};

const linkTo = ({ type, id }: Party) => ({ module: type === 'roleTree' ? 'roles' : `${type}s`, id });

const accessOf: Readonly<Record<string, string>> = {
  private: 'private',
  read: 'public_read',
  write: 'public_write',
  full: 'public_full',
  record: 'record_level',
};

const made = (module: string, id: string, values: object): Change =>
  ({ op: 'create', module, id, values }) as unknown as Change;

/** The records of which a directory is read, in an order in which they can be made. */
const peopleOf = ({ users, roles, groups, sharing }: Directory): readonly Change[] => {
  return [
    ...[...roles].map(([id, { parent, seesSubordinates, seesPeers }]) =>
      made('roles', id, { name: id, parent, canViewSubordinates: seesSubordinates, peersVisible: seesPeers }),
    ),
    ...[...users].map(([id, { role, isAdmin }]) =>
      made('users', id, { name: { last: id }, email: `${id}@crm.test`, role, isAdmin }),
    ),
    ...[...groups].map(([id, { members }]) => {
      const direct = members.filter(({ type }) => type !== 'roleTree').map(linkTo);
      const trees = members.filter(({ type }) => type === 'roleTree').map((one) => one.id);
      return made('groups', id, {
        name: id,
        ...(direct.length > 0 && { members: direct }),
        ...(trees.length > 0 && { roleTrees: [...new Set(trees)] }),
      });
    }),
    ...[...sharing].map(([module, { mode, rules }]) =>
      made('sharingRules', crypto.randomUUID(), {
        module,
        default: accessOf[mode],
        ...(rules.length > 0 && {
          rules: rules.map(({ from, to, level, condition }) => ({
            from: linkTo(from),
            fromBelow: from.type === 'roleTree',
            to: linkTo(to),
            toBelow: to.type === 'roleTree',
            access: level,
            condition,
          })),
        }),
      }),
    ),
  ];
};

const recordsFor = (random: Random, people: Population): readonly Change[] => {
  const accounts = Array.from({ length: 5 }, () => randomId(random) as string);
  return [
    ...accounts.map((id) => made('accounts', id, { name: id, ...randomBelonging(random, people) })),
    ...Array.from({ length: 8 }, () => {
      const id = randomId(random) as string;
      const primaryAccount = random.pick([null, ...accounts]);
      return made('contacts', id, { name: { last: id }, primaryAccount, ...randomBelonging(random, people) });
    }),
  ];
};

for (const engine of engines)
  describe(`what users reach over HTTP, on ${engine.name}`, { skip: engine.skip }, () => {
    let app: TestApp;
    let attempts = 0;

    /** Everything that one does with one record, from the document of the API. */
    let operations: readonly Operation[] = [];

    before(async () => {
      app = await TestApp.open(engine);
      const { paths } = openApi(app.registry, { basePath: '', version: '0' }) as {
        readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
      };
      operations = Object.entries(paths).flatMap(([path, item]) => {
        const [, , module = ''] = path.split('/');
        if (!path.includes('/{id}') || !modules.includes(module as never)) return [];
        return (['get', 'patch', 'delete', 'post'] as const).flatMap((method) => {
          const name = item[method]?.operationId?.split('.').at(-1);
          if (name === undefined) return [];
          const body = method === 'patch' ? { description: 'Changed' } : method === 'post' ? {} : undefined;
          const route = (id: string): string => `${method.toUpperCase()} ${path.replace('{id}', id)}`;
          return [{ module, name, route, body: name === 'restore' ? undefined : body }];
        });
      });
    });

    after(() => app.close());

    const furnish = async (random: Random, slug: string): Promise<World> => {
      const tenant = await app.tenant(slug);
      const some = (count: number): readonly string[] => Array.from({ length: count }, () => randomId(random));
      const people = { users: some(6), roles: some(5), groups: some(3) };
      const directory = randomDirectory(random, people, { hasFaults: false });
      const store = app.app.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
      await store.apply(peopleOf(directory));
      const records = recordsFor(random, people);
      await store.apply(records);
      const gone = records.filter(() => random.chance(0.1)).map(({ module, id }) => ({ op: 'delete', module, id }));
      await store.apply(gone as readonly Change[], { atomic: false });
      return { tenant, key: await app.key(tenant), directory, store, users: people.users };
    };

    const ask = async (route: string, token: string, body?: unknown): Promise<Answer> => {
      attempts++;
      return app.ask(route, { token, ...(body !== undefined && { body }) });
    };

    const idsIn = (answer: Answer): readonly string[] =>
      (answer.at('records') as readonly { readonly id: string }[]).map(({ id }) => id).toSorted();

    const allOf = async (store: RecordStore): Promise<RecordMap> => {
      const memory = new RecordMap(app.registry);
      for (const module of modules)
        for (const query of [{ limit: 200 }, { limit: 200, deleted: 'only' }] as const)
          for (const record of (await store.list(module, query)).records) memory.put(module, record);
      return memory;
    };

    const checkMany = async (
      module: string,
      token: string,
      reads: (record: AnyRecord) => boolean,
      memory: RecordMap,
    ) => {
      const all = [...memory.all(module)];
      const [living, gone] = [false, true].map((isGone) =>
        all
          .filter((record) => (record['deletedAt'] !== null) === isGone && reads(record))
          .map(({ id }) => id)
          .toSorted(),
      );
      const seen = await ask(`GET /v1/${module}?limit=200&count=exact`, token);
      assert.deepEqual([idsIn(seen), seen.at('count')], [living, living!.length]);
      assert.deepEqual(idsIn(await ask(`GET /v1/${module}?limit=200&deleted=only`, token)), gone);
      const groups = await ask(`POST /v1/${module}/aggregate`, token, { measures: [{ fn: 'count' }] });
      assert.equal(groups.at('groups.0.values.0') ?? 0, living!.length);
      assert.deepEqual(idsIn(await ask('POST /v1/sync/query', token, { module, query: { limit: 200 } })), living);
      const known = all.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => [id, 1]);
      const unseen = known.map(([id]) => id as string).filter((id) => !living!.includes(id));
      const verified = await ask('POST /v1/sync/verify', token, { module, known });
      assert.deepEqual((verified.at('gone') as readonly string[]).toSorted(), unseen.toSorted());
      const bulk = await ask('POST /v1/sync/bulk', token, { module });
      for (const { id } of all) assert.equal(bulk.text.includes(`"id":"${id}"`), living!.includes(id), 'in bulk');
      const found = await ask(`POST /v1/${module}/query`, token, { where: { id: { in: all.map(({ id }) => id) } } });
      assert.deepEqual(idsIn(found), living);
    };

    const checkOne = async (
      operation: Operation,
      record: AnyRecord,
      token: string,
      reaches: (level: Level) => boolean,
    ) => {
      const { name, route, body } = operation;
      const answer = await ask(route(record.id), token, body);
      const told = `${route(record.id)}: ${answer.status} ${answer.text}`;
      const isDone = answer.status >= 200 && answer.status < 300;
      if (!reaches('read')) {
        const absent = crypto.randomUUID();
        const wanted = shapeOf(await ask(route(absent), token, body), absent);
        assert.equal(shapeOf(answer, record.id), wanted, told);
      } else if (!reaches(levelOf(name)) || (record['deletedAt'] !== null && name !== 'restore'))
        assert.equal(isDone, false, told);
      else if (['get', 'history', 'update', 'delete'].includes(name)) assert.equal(isDone, true, told);
      return isDone;
    };

    test('is what the rules give, for every operation and every record, and what is out of sight is as if it were not', async () => {
      const [count, least] = worlds[engine.name]!;
      for (let world = 0; world < count; world++) {
        const random = seededRandom(20_261_201 + world);
        const { tenant, key, directory, store, users } = await furnish(random, `w${world}`);
        for (const user of users) {
          const token = await app.token(tenant, { user });
          for (const module of modules) {
            const memory = await allOf(store);
            const oracle = new AccessOracle(directory, memory);
            const reaches = (record: AnyRecord, level: Level): boolean => oracle.reaches(user, module, record, level);
            await checkMany(module, token, (record) => reaches(record, 'read'), memory);
            for (const record of memory.all(module))
              for (const operation of operations.filter((one) => one.module === module)) {
                const isDone = await checkOne(operation, record, token, (level) => reaches(record, level));
                // as it was before, for what comes next
                if (isDone && operation.name === 'delete')
                  await app.ask(`POST /v1/${module}/${record.id}/restore`, { token: key });
                if (isDone && operation.name === 'restore' && record['deletedAt'] !== null)
                  await app.ask(`DELETE /v1/${module}/${record.id}`, { token: key });
              }
          }
        }
      }
      assert.ok(attempts >= least, `${attempts} attempts`);
    });
  });
