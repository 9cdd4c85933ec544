import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OutgoingState } from '@tessera-crm/model/outgoing.js';
import { situationOf, type Seen } from './situation.ts';

const now = Date.parse('2026-06-15T10:00:00Z');

const ago = (milliseconds: number) => ({ n: 1, at: new Date(now - milliseconds).toISOString(), changes: [] });

const refusal = { ...ago(0), error: { code: 'rule', message: 'No.', facts: {} } } as const;

const look = ({ state, ...seen }: Partial<Omit<Seen, 'state'>> & { readonly state?: Partial<OutgoingState> | null }) =>
  situationOf({
    state: state === null ? null : { online: true, storage: 'indexeddb', trouble: null, ...state },
    waiting: [],
    refused: [],
    isLocked: false,
    now,
    ...seen,
  });

const mains: readonly (readonly [string, Parameters<typeof look>[0], ReturnType<typeof look>['main']])[] = [
  ['nothing waits', {}, 'saved'],
  ['there is no place where anything could wait', { state: null }, 'direct'],
  ['a change is on its way', { waiting: [ago(100)] }, 'saving'],
  ['a change takes long', { waiting: [ago(6_000)] }, 'slow'],
  ['the server is not reached', { state: { online: false }, waiting: [ago(100)] }, 'offline'],
  ['nobody is signed in', { isLocked: true, state: { online: false } }, 'locked'],
];

describe('how unsent changes stand', () => {
  for (const [what, seen, main] of mains) it(`is ${main} where ${what}`, () => assert.equal(look(seen).main, main));

  it('counts what waits, and knows since when', () => {
    const { count, since } = look({ state: { online: false }, waiting: [ago(60_000), ago(10)] });
    assert.deepEqual([count, since], [2, '2026-06-15T09:59:00.000Z']);
  });

  it('warns of what has waited for more than three days', () => {
    assert.equal(look({ waiting: [ago(73 * 3_600_000)] }).isOld, true);
    assert.equal(look({ waiting: [ago(71 * 3_600_000)] }).isOld, false);
  });

  it('is idle only where nobody has to know of anything', () => {
    const idle = [
      {},
      { state: null },
      { state: { storage: 'memory' } },
      { state: { storage: 'localstorage', trouble: { code: 'quota-exceeded', message: '' } } },
    ] as const;
    const full = { code: 'quota-exceeded', message: '' } as const;
    const not = [
      { waiting: [ago(1)] },
      { refused: [refusal] },
      { state: { online: false } },
      { state: { storage: 'memory' }, waiting: [ago(1)] },
      { state: { storage: 'localstorage' }, waiting: [ago(1)] },
      { state: { storage: 'memory', trouble: full } },
    ] as const;
    assert.deepEqual(
      idle.map((seen) => look(seen).isIdle),
      idle.map(() => true),
    );
    assert.deepEqual(
      not.map((seen) => look(seen).isIdle),
      not.map(() => false),
    );
  });

  it('says why the device keeps nothing', () => {
    const storageOf = (state: Partial<OutgoingState>) => look({ state: { storage: 'memory', ...state } }).storage;
    assert.equal(storageOf({}), 'memory');
    assert.equal(storageOf({ trouble: { code: 'quota-exceeded', message: '' } }), 'full');
    assert.equal(storageOf({ trouble: { code: 'storage-unavailable', message: '' } }), 'unavailable');
    assert.equal(look({}).storage, undefined);
  });

  it('says of what only localStorage takes that it is kept, but not safely', () => {
    assert.equal(look({ state: { storage: 'localstorage' } }).storage, 'makeshift');
  });
});
