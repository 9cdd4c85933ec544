import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Errands } from './errands.ts';
import { kept, standingAt } from './testing/kept-notes.ts';
import { Truth } from './truth.ts';

/** A tab that heard of a change of what it holds. */
const heard = (context: TestContext, isLed: boolean) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const truth = new Truth({ changed: () => {}, stepped: () => {}, rightsChanged: () => {} });
  truth.begin({ generation: 1, turn: 1, standing: standingAt(7), modules: [], follows: [] });
  truth.join({ standing: standingAt(7), rows: [kept(1)] });
  truth.hear({ from: 7, to: 8, changes: [{ module: 'notes', id: 'n1', version: 2, op: 'update' }] });
  const asked: string[] = [];
  const records: SyncDoor['records'] = async (module) => {
    asked.push(module);
    const { record } = kept(1, 2);
    return { asOf: 8, aclSeq: 2, last: 0, records: [record!], gone: [] };
  };
  const errands = new Errands({
    door: { records } as unknown as SyncDoor,
    truth,
    reach: (answer) => answer,
    missing: () => [],
    isLed: () => isLed,
  });
  errands.look();
  return { truth, asked, tick: (milliseconds: number) => context.mock.timers.tick(milliseconds) };
};

describe('what a tab is to fetch', () => {
  it('is fetched soon by the one that leads', async (context) => {
    const { asked, tick } = heard(context, false);
    tick(10);
    assert.deepEqual(asked, ['notes']);
  });

  it('is left to the one that leads for a while, and then fetched all the same', async (context) => {
    const { asked, tick } = heard(context, true);
    tick(140);
    assert.deepEqual(asked, []);
    tick(10);
    assert.deepEqual(asked, ['notes']);
  });

  it('is not fetched when the one that leads told it meanwhile', async (context) => {
    const { truth, asked, tick } = heard(context, true);
    tick(100);
    truth.join({ standing: standingAt(8), rows: [kept(1, 2, { asOf: 8 })] });
    tick(1_000);
    assert.deepEqual([asked, truth.standing.due.size], [[], 0]);
  });
});
