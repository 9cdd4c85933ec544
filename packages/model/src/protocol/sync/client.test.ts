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
  modules: new Set(['notes']),
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

  test('R19: what does not tell of all that is held tells nothing', () => {
    const told = { ...batch(10, 12, 'update'), of: ['tasks'] };
    const step = client.heard(known({}, held(1, 10)), told);
    assert.deepEqual([step.standing.cursor, step.standing.due.size], [10, 0]);
    const all = client.heard(known({}, held(1, 10)), { ...told, of: ['notes', 'tasks'] });
    assert.deepEqual([all.standing.cursor, all.standing.due.size], [12, 1]);
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

  describe('R17: meets what another tab kept', () => {
    const row = (told: Held) => ({
      module: 'notes',
      id: 'n',
      held: told,
      record: told.isGone ? null : note(told.version),
    });
    const other = (standing: Partial<Standing>, ...rows: readonly Held[]) => ({
      standing: { ...beginning, cursor: 10, ...standing },
      rows: rows.map(row),
    });

    test('with the earlier cursor and the greater rights', () => {
      const step = client.joined(known({ aclSeq: 3, proven: 3 }), other({ cursor: 7, aclSeq: 5 }));
      assert.deepEqual(step.standing, { cursor: 7, aclSeq: 5, proven: 0, due: new Map() });
      assert.equal(step.rewinds, true);
      assert.equal(client.joined(known({ cursor: null }), other({ cursor: 7 })).standing.cursor, 7);
      assert.equal(client.joined(known(), other({ cursor: 12 })).rewinds, false);
    });

    test('and takes what is newer, of which it has to tell nobody', () => {
      const newer = client.joined(known({}, held(1, 5)), other({}, held(2, 6)));
      assert.deepEqual([newer.put.map(({ held: { version } }) => version), newer.ahead], [[2], []]);
      const gone = client.joined(known({}, held(1, 5)), other({}, held(1, 6, true)));
      assert.deepEqual([gone.drop.length, gone.ahead], [1, []]);
      assert.deepEqual(client.joined(known(), other({}, held(1, 6))).put.length, 1);
    });

    test('and keeps what is newer here, which has to be kept again', () => {
      const older = client.joined(known({}, held(2, 6)), other({}, held(1, 5)));
      assert.deepEqual([older.put, older.drop, older.ahead], [[], [], [key]]);
      const same = client.joined(known({}, held(2, 6)), other({}, held(2, 6)));
      assert.deepEqual([same.put, same.ahead], [[], []]);
    });

    test('and has to fetch what either has to', () => {
      const due = new Map([[key, 4]]);
      assert.deepEqual(client.joined(known({ due }, held(1, 5)), other({}, held(2, 6))).standing.due, due);
      assert.deepEqual(client.joined(known({}, held(1, 5)), other({ due })).standing.due, due);
      const settled = client.joined(known({}, held(4, 9)), other({ due }));
      assert.deepEqual([settled.standing.due.size, settled.ahead], [0, [key]]);
    });

    test('once a module was read, what was not found in it is not due', () => {
      const due = new Map([[key, 4]]);
      assert.equal(client.read(known({ due }), 'notes').standing.due.size, 0);
      assert.equal(client.read(known({ due }, held(1, 5)), 'notes').standing.due.size, 1);
      assert.equal(client.read(known({ due }), 'deals').standing.due.size, 1);
    });
  });

  test('R6: a deleted record comes for those who ask for deleted ones', () => {
    const deleted = { module: 'notes', record: { ...note(2), deletedAt: '2026-06-15T10:00:00.000Z' } };
    const gone = known({}, held(2, 10, true));
    assert.equal(client.replied(gone, { asOf: 10, aclSeq: 0, rows: [deleted], gone: [] }).put.length, 1);
    assert.equal(client.replied(gone, reply(10, { version: 2 })).put.length, 0);
  });

  test('R2, R7: an absence that proof tells takes the cursor back where it is older', () => {
    const proof = { asOf: 8, aclSeq: 0, fieldsSeq: 0, asked: new Map([[key, 0]]), gone: [key] };
    const step = client.proven(known({}, held(1, 7)), proof);
    assert.deepEqual([step.standing.cursor, step.rewinds, step.drop.length], [8, true, 1]);
    assert.equal(client.proven(known({}, held(1, 7)), { ...proof, asOf: 12 }).standing.cursor, 10);
  });
});
