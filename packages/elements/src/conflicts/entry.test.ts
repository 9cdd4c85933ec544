import type { Change } from '@tessera-crm/model/change.js';
import type { ErrorCode } from '@tessera-crm/model/errors.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenChanges, entryOf, restoringChanges, unchosen, type Side } from './entry.ts';

const deal = { module: 'deals', id: 'd1' } as const;
const edit: Change = { op: 'update', ...deal, values: { amount: 2, nextStep: 'Call', name: 'Chiller' }, base: 4 };
const task: Change = { op: 'create', module: 'tasks', id: 't1', values: { subject: 'Call' } };

const refused = (code: ErrorCode, facts: object, changes: readonly Change[] = [edit]) => ({
  n: 7,
  at: '2026-06-15T10:00:00Z',
  changes,
  error: { code, message: '', facts: { ...facts } },
});

const conflict = (field: string) => ({ field, base: 1, mine: 2, theirs: 3 });

const met = refused('conflict', { conflicts: [conflict('amount'), conflict('nextStep')], version: 9 }, [task, edit]);

const choices = (amount?: Side, nextStep?: Side) =>
  new Map(Object.entries({ amount, nextStep }).flatMap(([field, side]) => (side ? [[field, side] as const] : [])));

describe('a refused entry', () => {
  it('asks for a choice of each field that two people changed', () => {
    const entry = entryOf(met);
    assert.deepEqual(
      entry.conflicts.map(({ field }) => field),
      ['amount', 'nextStep'],
    );
    assert.deepEqual(unchosen(entry, choices('mine')), ['nextStep']);
    assert.deepEqual(unchosen(entry, choices('mine', 'theirs')), []);
  });

  it('leaves what others wrote where that was chosen, and is based on what the person was shown', () => {
    assert.deepEqual(chosenChanges(entryOf(met), choices('mine', 'theirs')), [
      task,
      { ...edit, values: { amount: 2, name: 'Chiller' }, base: 9 },
    ]);
  });

  it('makes nothing of a change of which nothing is left', () => {
    const alone = { ...edit, values: { amount: 2 } };
    const entry = entryOf(refused('conflict', { conflicts: [conflict('amount')], version: 9 }, [alone]));
    assert.deepEqual(chosenChanges(entry, choices('theirs')), []);
  });

  it('goes by what became of the last attempt', () => {
    const { error } = refused('conflict', { conflicts: [{ ...conflict('amount'), theirs: 5 }], version: 12 });
    const entry = entryOf(met, error);
    assert.deepEqual(
      entry.conflicts.map(({ theirs }) => theirs),
      [5],
    );
    assert.equal((chosenChanges(entry, choices('mine'))[1] as { readonly base: number }).base, 12);
  });

  it('brings a deleted record back before it changes it', () => {
    const entry = entryOf(refused('not-found', { reason: 'deleted', version: 6 }));
    assert.deepEqual(entry.deleted, deal);
    assert.deepEqual(restoringChanges(entry), [{ op: 'restore', ...deal }, edit]);
  });

  it('does not guess which of several records was deleted, nor whether one was', () => {
    const other = { ...edit, id: 'd2' };
    assert.equal(entryOf(refused('not-found', { reason: 'deleted' }, [edit, other])).deleted, undefined);
    assert.equal(entryOf(refused('not-found', {})).deleted, undefined);
  });

  it('knows which refusal it goes back to', () => {
    assert.equal(entryOf(refused('not-found', { because: 3 })).because, 3);
    assert.equal(entryOf(refused('rule', {})).because, undefined);
  });
});
