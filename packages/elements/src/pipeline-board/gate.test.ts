import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import type { Deal, Stage } from './board.ts';
import { fieldsAskedBy, gateOf, isOpen, withFollowing, type Gate, type LostReason } from './gate.ts';

const stage = (kind: Stage['kind'], order: number, requiredFields: readonly string[] = []): Stage =>
  ({ id: `${kind}${order}`, kind, order, requiredFields }) as unknown as Stage;

const deal = (values: Partial<Record<string, unknown>> = {}): Deal =>
  ({
    amount: { amount: '10.00', currency: 'EUR' },
    account: 'a',
    lead: null,
    nextStep: null,
    description: 'Known',
    ...values,
  }) as unknown as Deal;

const gate = (one: Deal, from: Stage | null, to: Stage): Gate =>
  gateOf({ deal: one, from, to, stages: [fresh, between, offer, won, lost] });

const between = stage('open', 2, ['description']);
const offer = stage('open', 3, ['amount', 'nextStep']);
const fresh = stage('open', 1);
const won = stage('won', 9);
const lost = stage('lost', 10);

describe('the gate of a stage', () => {
  test('asks nothing of a deal that has everything', () => {
    assert.ok(isOpen(gate(deal({ nextStep: 'Call' }), fresh, offer)));
  });

  test('asks for the fields of the stage that are missing', () => {
    assert.deepEqual(gate(deal(), fresh, offer).fields, ['nextStep']);
  });

  test('asks for what the stages in between want, too', () => {
    assert.deepEqual(gate(deal({ description: null, nextStep: 'Call' }), fresh, offer).fields, ['description']);
  });

  test('takes a box that is not ticked for missing', () => {
    const stages = [stage('open', 2, ['needConfirmed'])];
    const asked = gateOf({ deal: deal({ needConfirmed: false }), from: fresh, to: stages[0]!, stages });
    assert.deepEqual(asked.fields, ['needConfirmed']);
  });

  test('asks nothing on the way back', () => {
    assert.ok(isOpen(gate(deal({ amount: null }), offer, fresh)));
  });

  test('asks a deal that is won for its amount and its account', () => {
    assert.deepEqual(gate(deal({ amount: null, account: null }), offer, won).fields, ['amount', 'account']);
    assert.ok(isOpen(gate(deal(), offer, won)));
  });

  test('always asks why a deal was lost', () => {
    assert.deepEqual(gate(deal({ lostReason: 'r' }), fresh, lost).fields, ['lostReason']);
  });

  test('questions the opening of a closed deal', () => {
    assert.equal(gate(deal(), won, fresh).reopens, true);
    assert.equal(gate(deal(), won, lost).reopens, false);
    assert.equal(gate(deal(), null, fresh).reopens, false);
  });

  test('asks for the competitor where the reason needs one', () => {
    const needs = { needsCompetitor: true } as unknown as LostReason;
    assert.deepEqual(withFollowing(['lostReason'], needs), ['lostReason', 'lostTo']);
    assert.deepEqual(withFollowing(['lostReason', 'lostTo'], needs), ['lostReason', 'lostTo']);
    assert.deepEqual(withFollowing(['lostReason'], undefined), ['lostReason']);
  });
});

describe('a refusal', () => {
  test('names the fields to fill in, each once', () => {
    const error = invalid([
      { path: '/nextStep', code: 'required' },
      { path: '/amount/currency', code: 'required' },
      { path: '/amount/amount', code: 'required' },
    ]);
    assert.deepEqual(fieldsAskedBy(error), ['nextStep', 'amount']);
  });

  test('of the move itself cannot be helped by filling in', () => {
    assert.deepEqual(fieldsAskedBy(invalid([{ path: '/stage', code: 'deals.closed' }])), []);
    assert.deepEqual(fieldsAskedBy(new CrmError('forbidden', 'No.')), []);
    assert.deepEqual(
      fieldsAskedBy(
        invalid([
          { path: '', code: 'x' },
          { path: '/nextStep', code: 'required' },
        ]),
      ),
      [],
    );
  });
});
