import { create } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { id, names } from '@tessera-crm/model/testing/store-kit.js';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Cache } from './cache.ts';
import { breakable, full } from './testing/kept-notes.ts';
import { until } from './testing/profile.ts';
import { profileOfTwoVersions } from './testing/two-versions.ts';

const { breakIn, repair } = breakable(IDBObjectStore.prototype);

const profile = () => profileOfTwoVersions({ indexedDB: new IDBFactory(), IDBKeyRange });

const make = (cache: Cache, name: string) => cache.apply([create('accounts', id('accounts'), { name })]);

/** Those of the later version say by `′` that they were brought up to date. */
const there = async ({ server }: ReturnType<typeof profile>): Promise<string> =>
  names(await server.list('accounts', { sort: ['name'] })).replaceAll('′', '');

/** In which order they came to the server at first. */
const order = ({ remote }: ReturnType<typeof profile>): readonly number[] => [
  ...new Set(remote.arrived.map((one) => Number(one.split('#')[1]))),
];

/** Somebody without network makes this while no database takes anything, and leaves. */
const left = async (
  { remote, open }: ReturnType<typeof profile>,
  version: Parameters<typeof open>[0],
  options: Parameters<typeof open>[1],
  ...some: readonly string[]
): Promise<void> => {
  remote.isOnline = false;
  const cache = await open(version, options);
  breakIn('', full());
  for (const name of some) await make(cache, name);
  assert.equal(cache.status.current.storage, 'localstorage');
  await cache.close();
  repair();
};

describe('What no database took, and a page of another version finds', () => {
  afterEach(repair);

  it('R18: is brought up to date by a later one', async () => {
    const given = profile();
    const { server, remote, texts, open } = given;
    await left(given, 'old', {}, 'A', 'B');
    const later = await open('later');
    remote.isOnline = true;
    await until(() => later.flush());
    assert.equal(texts.all.size, 0);
    assert.equal(names(await server.list('accounts', { sort: ['name'] })), 'A′,B′');
    await later.close();
  });

  const key = crypto.subtle.importKey('raw', new Uint8Array(32), 'HKDF', false, ['deriveKey']);

  for (const isEncrypted of [false, true])
    it(`R18: is left unsent by an earlier one, as is what comes after it, ${isEncrypted ? '' : 'not '}encrypted`, async () => {
      const given = profile();
      const { remote, texts, open } = given;
      const options = isEncrypted ? { key: await key } : {};
      await left(given, 'later', options, 'Second', 'Third');
      const old = await open('old', options);
      await make(old, 'Fourth');
      assert.equal(texts.all.size, 0);
      remote.isOnline = true;
      await old.flush();
      assert.deepEqual([await there(given), old.status.current.pending], ['', 3]);
      await old.close();
      const later = await open('later', options);
      await until(() => later.flush());
      assert.equal(await there(given), 'Fourth,Second,Third');
      assert.equal(new Set(remote.arrived).size, 3);
      assert.deepEqual(later.status.current.rejected, []);
      await later.close();
    });

  it('R18: stays where it lies when the earlier one has no database either', async () => {
    const given = profile();
    const { remote, texts, open } = given;
    await left(given, 'later', {}, 'First');
    const old = await open('old', { hasDatabase: false });
    await make(old, 'Second');
    remote.isOnline = true;
    await old.flush();
    assert.deepEqual([await there(given), old.status.current.pending, texts.all.size], ['', 2, 2]);
    await old.close();
    const later = await open('later');
    await until(() => later.flush());
    assert.equal(await there(given), 'First,Second');
    assert.deepEqual([new Set(remote.arrived).size, texts.all.size], [2, 0]);
    await later.close();
  });

  it('R18: is taken along unread when the database of an earlier one fails', async () => {
    const given = profile();
    const { remote, texts, open } = given;
    remote.isOnline = false;
    const old = await open('old');
    await make(old, 'First');
    const later = await open('later');
    await make(later, 'Second');
    await later.close();
    await until(() => old.status.current.pending === 2);
    breakIn('', full());
    await make(old, 'Third');
    assert.deepEqual([old.status.current.storage, texts.all.size], ['localstorage', 3]);
    remote.isOnline = true;
    await until(async () => (await there(given)) === 'First');
    await old.flush();
    assert.deepEqual([await there(given), old.status.current.pending], ['First', 2]);
    await old.close();
    repair();
    const again = await open('later');
    await until(() => again.flush());
    assert.equal(await there(given), 'First,Second,Third');
    assert.deepEqual(order(given), [1, 2]);
    assert.equal(new Set(remote.arrived).size, 3);
    await again.close();
  });

  it('is not shown by an earlier one if it was refused, and not lost', async () => {
    const given = profile();
    const { remote, texts, open } = given;
    await left(given, 'later', {}, 'Refused');
    remote.refusal = () => new CrmError('rule', 'No.');
    remote.isOnline = true;
    const later = await open('later', { hasDatabase: false });
    await until(() => later.status.current.rejected.length === 1);
    await later.close();
    for (const hasDatabase of [false, true]) {
      const old = await open('old', { hasDatabase });
      await until(() => texts.all.size === (hasDatabase ? 0 : 1));
      assert.deepEqual([old.status.current.rejected, old.status.current.pending], [[], 0]);
      await old.close();
    }
    const again = await open('later');
    assert.deepEqual(
      again.status.current.rejected.map(({ error }) => error.code),
      ['rule'],
    );
    await again.close();
  });
});
