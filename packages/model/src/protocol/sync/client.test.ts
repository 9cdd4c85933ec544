import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import type { AnyRecord } from '../../module.ts';
import { beginning, keyOf, SyncClient, type Batch, type Held, type Known, type Standing } from './client.ts';

const client = new SyncClient();
const key = keyOf('notes', 'n');

const note = (version: number): AnyRecord => ({ id: 'n', version });

const known = (standing: Partial<Standing> = {}, held?: Held): Known => ({
  standing: { ...beginning, cursor: 10, ...standing },
  held: (one) => (one === key ? held : undefined),
});

const reply = (asOf: number, { version = 1, aclSeq = 0 } = {}) => ({
  asOf,
  aclSeq,
  rows: [{ module: 'notes', record: note(version) }],
  gone: [],
});

const absence = (asOf: number) => ({ asOf, aclSeq: 0, rows: [], gone: [key] });

const batch = (from: number, to: number, op: Batch['changes'][number]['op'], version = 2): Batch => ({
  from,
  to,
  changes: [{ module: 'notes', id: 'n', version, op }],
});

const held = (version: number, asOf: number, isGone = false): Held => ({ version, asOf, aclSeq: 0, isGone });

describe('what comes in', () => {
  test('begins where the first reply was', () => {
    const step = client.replied(known({ cursor: null }), reply(7));
    assert.deepEqual([step.standing.cursor, step.rewinds], [7, true]);
  });

  test('R1: news of before the cursor change nothing', () => {
    const step = client.heard(known({}, held(1, 10)), batch(7, 9, 'update'));
    assert.deepEqual([step.standing.cursor, step.standing.due.size], [10, 0]);
  });

  test('R2: an older page takes the cursor back, a newer one does not move it', () => {
    assert.deepEqual(
      [client.replied(known(), reply(8)).standing.cursor, client.replied(known(), reply(12)).standing.cursor],
      [8, 10],
    );
  });

  test('R3: a reply under old rights is refused as a whole', () => {
    const step = client.replied(known({ aclSeq: 5 }), reply(12, { aclSeq: 4 }));
    assert.deepEqual([step.isRefused, step.put.length], [true, 0]);
  });

  test('R4: new rights take everything out of sight until it is proven', () => {
    const { standing } = client.rightsChanged(known(), 6);
    assert.equal(client.isInSight(held(1, 10), standing), false);
    const proof = { asOf: 11, aclSeq: 6, fieldsSeq: 0, asked: new Map([[key, 1]]), gone: [] };
    assert.deepEqual(client.proven(known(standing, held(1, 10)), proof).proven, [key]);
    assert.equal(client.isInSight(held(1, 10), client.allProven(known(standing)).standing), true);
  });

  test('R4: where fields changed, what was told before is due again', () => {
    const proof = { asOf: 11, aclSeq: 6, fieldsSeq: 6, asked: new Map([[key, 3]]), gone: [] };
    const step = client.proven(known({ aclSeq: 6 }, held(3, 10)), proof);
    assert.deepEqual([step.proven, step.standing.due.get(key)], [[], 3]);
  });

  test('R4: what changed while it was not to be seen is due', () => {
    const proof = { asOf: 11, aclSeq: 6, fieldsSeq: 0, asked: new Map([[key, 4]]), gone: [] };
    const step = client.proven(known({ aclSeq: 6 }, held(3, 10)), proof);
    assert.deepEqual([step.proven, step.standing.due.get(key)], [[], 4]);
  });

  test('R5: a hole is not skipped', () => {
    const step = client.heard(known({}, held(1, 10)), batch(11, 13, 'update'));
    assert.deepEqual([step.standing.cursor, step.rewinds], [10, true]);
  });

  test('R6: an older version changes nothing, and what is gone does not come back by an older reply', () => {
    assert.equal(client.replied(known({}, held(2, 9)), reply(12)).put.length, 0);
    assert.equal(client.replied(known({}, held(0, 12, true)), reply(12)).put.length, 0);
    assert.equal(client.replied(known({}, held(0, 12, true)), reply(13)).put.length, 1);
  });

  test('R7: an absence counts only against what is not newer', () => {
    assert.equal(client.replied(known({}, held(1, 12)), absence(11)).drop.length, 0);
    assert.equal(client.replied(known({}, held(1, 11)), absence(11)).drop.length, 1);
  });

  test('R8: a change of what is held makes it due, until it is here', () => {
    const { standing } = client.heard(known({}, held(1, 10)), batch(10, 12, 'update', 2));
    assert.deepEqual([...standing.due], [[key, 2]]);
    assert.equal(client.replied(known(standing, held(1, 10)), reply(12, { version: 1 })).standing.due.size, 1);
    assert.equal(client.replied(known(standing, held(1, 10)), reply(12, { version: 2 })).standing.due.size, 0);
    assert.equal(client.replied(known(standing, held(1, 10)), absence(12)).standing.due.size, 0);
  });

  test('R8: what nobody holds is not fetched, and what left sight is dropped', () => {
    assert.equal(client.heard(known(), batch(10, 12, 'update')).standing.due.size, 0);
    assert.deepEqual(
      client.heard(known({}, held(1, 10)), batch(10, 12, 'leave')).drop.map((one) => one.held.isGone),
      [true],
    );
  });

  test('R9: beyond the horizon nothing that was known counts, but rights', () => {
    const { standing } = client.reset(known({ aclSeq: 4, due: new Map([[key, 2]]) }));
    assert.deepEqual(standing, { cursor: null, aclSeq: 4, proven: 4, due: new Map() });
  });
});
