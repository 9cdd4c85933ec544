import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Change } from '@tessera-crm/model/change.js';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { anyLink } from '@tessera-crm/model/kinds/any-link.js';
import { link } from '@tessera-crm/model/kinds/link.js';
import { links } from '@tessera-crm/model/kinds/links.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule, type AnyRecord } from '@tessera-crm/model/module.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { Database } from '../database/database.ts';
import { makeTables } from '../testing/filled-tables.ts';
import { engines } from '../testing/test-database.ts';
import type { ExactOptions } from './sql-store.ts';
import { SqlStore } from './sql-store.ts';
import { addTenant } from './tenants.ts';

const table = { area: 'quality', title: ['name'] } as const;
const name = text({ required: true });
const houses = defineModule('houses', { ...table, fields: { name } });
const rooms = defineModule('rooms', {
  ...table,
  fields: { name, house: link('houses', { required: true, onDelete: 'cascade' }) },
});
const pets = defineModule('pets', {
  ...table,
  fields: {
    name,
    house: link('houses', { onDelete: 'detach' }),
    room: link('rooms', { onDelete: 'cascade' }),
    haunts: links('rooms', { onDelete: 'detach' }),
    remark: anyLink({ to: 'any', onDelete: 'cascade' }),
  },
});
const registry = new Registry([houses, rooms, pets]);

type Values = Readonly<Record<string, unknown>>;

interface World {
  readonly house: string;
  readonly room: string;
}

/** By what a pet gets its link while the house goes. */
const ways: Readonly<Record<string, (world: World) => Values>> = {
  'a link that is forgotten': ({ house }) => ({ house }),
  'a link that takes along': ({ room }) => ({ room }),
  'a link in a list': ({ room }) => ({ haunts: [room] }),
  'a link to any module': ({ house }) => ({ remark: { module: 'houses', id: house } }),
  'links to both': ({ house, room }) => ({ house, room }),
};

const rounds = 12;

for (const engine of engines) {
  describe(`links to what is being deleted on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let tenant: string;
    before(async () => {
      database = await engine.open();
      await makeTables(database, registry);
    });
    beforeEach(async () => {
      tenant = randomUUID();
      await addTenant(database, { id: tenant, slug: tenant, name: 'Demo' }, '2026-01-01T00:00:00.000Z');
    });
    after(() => database?.close());

    const store = (): SqlStore =>
      new SqlStore({ database, registry, tenant, identity: { type: 'user', id: randomUUID(), admin: true } });

    const build = async (): Promise<World> => {
      const [house, room] = [randomUUID(), randomUUID()];
      await store().apply([
        { op: 'create', module: 'houses', id: house, values: { name: 'House' } },
        { op: 'create', module: 'rooms', id: room, values: { name: 'Room', house } },
      ]);
      return { house, room };
    };

    const all = async (module: string): Promise<readonly AnyRecord[]> => {
      const found: AnyRecord[] = [];
      for (let after: string | undefined; ;) {
        const page = await store().list(module, { limit: 200, ...(after !== undefined && { after }) });
        found.push(...page.records);
        if (page.next === null || page.next === undefined) return found;
        after = page.next;
      }
    };

    const dangling = async (): Promise<readonly string[]> => {
      const alive = new Set([...(await all('houses')), ...(await all('rooms'))].map(({ id }) => id));
      const linkedBy = (pet: AnyRecord): readonly string[] => [
        ...[pet['house'], pet['room']].filter((id) => typeof id === 'string'),
        ...((pet['haunts'] ?? []) as readonly string[]),
        ...(pet['remark'] ? [(pet['remark'] as { readonly id: string }).id] : []),
      ];
      return (await all('pets')).filter((pet) => linkedBy(pet).some((id) => !alive.has(id))).map(({ id }) => id);
    };

    const missing = (error: unknown): boolean =>
      isCrmError(error, 'validation') && error.issues.every(({ code }) => code === 'missing-link');

    /** Deletes a house while several pets are given a link into it. */
    const race = async (
      linked: (world: World) => Values,
      changeOf: (id: string, values: Values) => Change,
      options: (id: string) => ExactOptions,
    ): Promise<void> => {
      const world = await build();
      const ids = Array.from({ length: 4 }, () => randomUUID());
      const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      const link = async (id: string): Promise<boolean> => {
        await wait(Math.random() * 3);
        const applied = await store().apply([changeOf(id, linked(world))], options(id));
        return applied[0]!.ok;
      };
      const remove = async (): Promise<void> => {
        await wait(Math.random() * 3);
        await store().apply([{ op: 'delete', module: 'houses', id: world.house }]);
      };
      const [removed, ...ends] = await Promise.allSettled([remove(), ...ids.map(link)]);
      assert.deepEqual(removed.status, 'fulfilled');
      for (const end of ends)
        if (end.status === 'rejected') assert.ok(missing(end.reason), String((end.reason as CrmError).stack));
    };

    const create = (id: string, values: Values): Change => ({
      op: 'create',
      module: 'pets',
      id,
      values: { name: 'Pet', ...values },
    });

    for (const [way, linked] of Object.entries(ways)) {
      it(`leave nothing dangling: new records with ${way}`, async () => {
        for (let round = 0; round < rounds; round++) await race(linked, create, () => ({}));
        assert.deepEqual(await dangling(), []);
      });

      it(`leave nothing dangling: batches with ${way}`, async () => {
        for (let round = 0; round < rounds; round++) await race(linked, create, (id) => ({ idempotencyKey: id }));
        assert.deepEqual(await dangling(), []);
      });

      it(`leave nothing dangling: changed records with ${way}`, async () => {
        for (let round = 0; round < rounds; round++) {
          const pets: string[] = [];
          for (let index = 0; index < 4; index++) pets.push(randomUUID());
          await store().apply(pets.map((id) => create(id, {})));
          await race(
            linked,
            (_, values) => ({ op: 'update', module: 'pets', id: pets.pop()!, values }),
            () => ({}),
          );
        }
        assert.deepEqual(await dangling(), []);
      });
    }

    it('go through when the house stays, and are refused when it is gone', async () => {
      const world = await build();
      const [applied] = await store().apply([create(randomUUID(), { house: world.house, room: world.room })]);
      assert.ok(applied!.ok);
      await store().apply([{ op: 'delete', module: 'houses', id: world.house }]);
      await assert.rejects(store().apply([create(randomUUID(), { room: world.room })]), missing);
    });

    it('make nobody wait who only changes the house meanwhile', { skip: engine.name === 'PGlite' }, async () => {
      const world = await build();
      const held = Promise.withResolvers<void>();
      const holding = database.transaction(tenant, async (connection) => {
        await connection.run({
          sql: 'select id from v_m_houses where tenant_id = $1 and id = $2 for no key update',
          parameters: [tenant, world.house],
        });
        await held.promise;
      });
      const [applied] = await store().apply([create(randomUUID(), { house: world.house })]);
      assert.ok(applied!.ok);
      held.resolve();
      await holding;
    });
  });
}
