import { beginning } from '@tessera-crm/model/protocol/sync/client.js';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entry } from './entry.ts';
import { Generation } from './generation.ts';
import { unsealed } from './sealing.ts';
import type { Kept } from './storage.ts';
import { takeOver } from './take-over.ts';
import { draft, gone, kept, notes, pageOf, profileOf, sorted, standingAt } from './testing/kept-notes.ts';

/** A generation as two tabs see it; what the first does can be interrupted whenever it seals or opens something. */
const two = async () => {
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const interruption: { when?: 'seal' | 'open'; by?: () => Promise<unknown> } = {};
  const interrupt = async (when: 'seal' | 'open'): Promise<void> => {
    const { by } = interruption;
    if (!by || interruption.when !== when) return;
    delete interruption.by;
    await by();
  };
  const sealing = {
    ...unsealed,
    seal: (text: string, place: string) => interrupt('seal').then(() => unsealed.seal(text, place)),
    open: (text: string | Uint8Array<ArrayBuffer>, place: string) =>
      interrupt('open').then(() => unsealed.open(text, place)),
  };
  const one = new Generation({ name: 'test', number: 1, indexedDb, sealing });
  const other = new Generation({ name: 'test', number: 1, indexedDb, sealing: unsealed });
  const newNext = () => new Generation({ name: 'test', number: 2, indexedDb, sealing: unsealed });
  const next = newNext();
  for (const generation of [one, other, next]) await generation.open();
  /** The next time that the first tab seals or opens something. */
  const meanwhile = (when: 'seal' | 'open', by: () => Promise<unknown>): void =>
    void Object.assign(interruption, { when, by });
  return { one, other, next, newNext, meanwhile };
};

const keep = async (generation: Generation, rows: readonly Kept[]): Promise<void> => {
  const at = await generation.position();
  assert.ok(await generation.commit({ at, follows: [], standing: at.standing, rows, pages: [] }));
};

/** 1,400 records in segments, and so many rows beside them that they are loose. */
const fill = async (generation: Generation): Promise<void> => {
  await keep(generation, notes(1400));
  for (let start = 0; start < 1000; start += 200)
    await keep(
      generation,
      Array.from({ length: 200 }, (_, n) => kept(start + n, 2)),
    );
};

const versions = async (generation: Generation): Promise<Readonly<Record<string, number>>> =>
  sorted((await generation.records('notes')).map(({ id, held }) => [id, held.version]));

describe('a generation that is written anew', () => {
  it('stays as it is when another tab kept something meanwhile', async () => {
    const { one, other, meanwhile } = await two();
    await fill(one);
    meanwhile('seal', () => keep(other, [kept(1, 3), gone(2)]));
    await one.compact('notes');
    const found = await versions(other);
    assert.deepEqual([found['n1'], found['n2'], found['n3']], [3, undefined, 2]);
    assert.deepEqual(await one.mayBeLoose('notes', 0), true);
    await one.compact('notes');
    assert.deepEqual([await versions(other), await one.mayBeLoose('notes', 0)], [found, false]);
  });

  it('is written once when two tabs do so', async () => {
    const { one, other, meanwhile } = await two();
    await fill(one);
    const before = await versions(one);
    let bytes = 0;
    meanwhile('seal', async () => {
      await other.compact('notes');
      bytes = await other.bytes();
    });
    await one.compact('notes');
    assert.ok(bytes > 0);
    assert.deepEqual([await one.bytes(), await versions(one)], [bytes, before]);
  });

  it('is read whole by another tab', async () => {
    const { one, other, meanwhile } = await two();
    await fill(one);
    const before = await versions(one);
    meanwhile('open', () => other.compact('notes'));
    assert.deepEqual(await versions(one), before);
    assert.deepEqual(await other.mayBeLoose('notes', 0), false);
  });

  it('is written anew when much of it is there twice', async () => {
    const { one } = await two();
    for (const version of [1, 2, 3]) await keep(one, notes(1000, version));
    const before = await one.bytes();
    await one.compact('notes');
    assert.ok((await one.bytes()) < before / 2);
    assert.equal((await versions(one))['n999'], 3);
  });
});

const entryOf = (id: string): Entry => ({ ...draft(id), n: 1, client: 'c', mid: 1 });

describe('what is taken over', () => {
  it('is what was used last and fits, with where it stood', async () => {
    const { one, next } = await two();
    const rows = [1, 2, 3].map((n) => kept(n, 1, { text: 'x'.repeat(100), asOf: n }));
    const pages = [pageOf('old', 1), pageOf('new', 2, 9)];
    await one.commit({ at: await one.position(), follows: [], standing: standingAt(6), rows, pages });
    assert.ok(await takeOver({ from: one, to: next, waiting: [entryOf('n3'), entryOf('n4')], room: 300 }));
    assert.deepEqual(await next.records('notes'), [rows[1], rows[2]]);
    assert.deepEqual([await next.page('old'), (await next.page('new'))?.ids], [undefined, ['n2', 'n9']]);
    assert.deepEqual((await next.position()).standing, standingAt(6));
  });

  it('is all that is followed, and how far pins are, where it fits, and neither where it does not', async () => {
    const { one, next, newNext } = await two();
    const pin = { ...pageOf('pin notes'), page: { ids: [], next: null, asOf: 1, aclSeq: 2 } };
    const rows = [1, 2, 3].map((n) => kept(n, 1, { text: 'x'.repeat(100) }));
    const standing = standingAt(6, [['notes|n9', 1]]);
    await one.commit({ at: await one.position(), follows: ['notes'], standing, rows, pages: [pageOf('p', 1), pin] });
    assert.ok(await takeOver({ from: one, to: next, waiting: [], room: 300 }));
    assert.deepEqual([await next.page('pin notes'), Object.keys(await versions(next))], [undefined, ['n1']]);
    assert.deepEqual([(await next.position()).follows, (await next.position()).standing.due.size], [[], 0]);
    await next.delete();
    const again = newNext();
    assert.ok(await takeOver({ from: one, to: again, waiting: [], room: 600 }));
    assert.deepEqual([await again.page('pin notes'), await again.records('notes')], [pin.page, rows]);
    assert.deepEqual([(await again.position()).follows, (await again.position()).standing], [['notes'], standing]);
  });

  it('is nothing when another tab kept something meanwhile, in either', async () => {
    const { one, other, next, meanwhile } = await two();
    await keep(one, [kept(1)]);
    meanwhile('open', () => keep(other, [kept(2)]));
    assert.equal(await takeOver({ from: one, to: next, waiting: [entryOf('n1')], room: 300 }), false);
    assert.equal((await next.position()).turn, 0);
    await keep(next, [kept(3)]);
    assert.equal(await takeOver({ from: one, to: next, waiting: [entryOf('n1')], room: 300 }), false);
    assert.deepEqual(await versions(next), { n3: 1 });
  });
});

describe('a generation that a crash left half made', () => {
  const left = async () => {
    const { open, indexedDb } = profileOf({ indexedDB: new IDBFactory(), IDBKeyRange });
    const storage = await open({ budget: 1000 });
    const at = (await storage.commit({
      at: await storage.position(),
      follows: [],
      standing: standingAt(7),
      rows: notes(30),
      pages: [pageOf('p', 4)],
    }))!;
    const next = new Generation({ name: 'test', number: 2, indexedDb, sealing: unsealed });
    await next.open();
    await keep(next, [kept(99)]);
    next.close();
    return { storage, at };
  };

  it('is not what a tab goes on with that begins anew', async () => {
    const { storage, at } = await left();
    const position = await storage.beginAnew(at);
    assert.deepEqual(position, { generation: 2, turn: 0, standing: beginning, modules: [], follows: [] });
  });

  it('is not what is gone on with when the budget is used up', async () => {
    const { storage } = await left();
    await storage.tidy();
    const { generation, standing } = await storage.position();
    assert.deepEqual([generation, standing.cursor], [2, 7]);
    assert.deepEqual(
      (await storage.records('notes')).map(({ id }) => id),
      ['n4'],
    );
  });
});
