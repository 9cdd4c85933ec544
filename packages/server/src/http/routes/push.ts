import type { AnyRecord } from '@tessera-crm/model/module.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';
import { checkNumbers } from '@tessera-crm/model/protocol/sync/check-numbers.js';
import {
  arrivedPushMessage,
  type Outcome as ToldOutcome,
  type Push,
  type Pushed,
} from '@tessera-crm/model/protocol/sync/messages.js';
import { readMutation, type ReadMutation } from '@tessera-crm/model/protocol/sync/read-mutation.js';
import { asCrmError, shownError } from '../replies.ts';
import type { Outcome, Touched } from '../../store/counting.ts';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';
import { readJson } from '../json-body.ts';
import { checkedBy } from '../question.ts';
import { namedRecords } from './named-records.ts';

/** What was pushed, as far as it could be read. */
interface Reading extends Omit<Push, 'mutations'> {
  readonly mutations: readonly ReadMutation[];
}

/** The records of outcomes that the caller may see, by module and id. */
type Rows = ReadonlyMap<string, ReadonlyMap<string, AnyRecord>>;

/**
 * Carries out the mutations of a client one after the other, each once. What fails for a while stops it there: the
 * client sends the rest again.
 */
export const pushAll = async (call: KnownCall, stampOf: (client: string) => Promise<Stamp>): Promise<Pushed> => {
  const arrived = checkedBy(arrivedPushMessage, await readJson(call.request));
  checkNumbers(arrived.mutations);
  const push = { ...arrived, mutations: arrived.mutations.map(readMutation) };
  const { outcomes, isGap } = await carryOut(call, push);
  // the rows come after it: they hold at least what was carried out
  const stamp = await stampOf(push.client);
  const now = await call.asOfNow();
  const rows = await rowsOf(now, outcomes);
  const told = outcomes.map((outcome, index) => toldOf(outcome, push.mutations[index]!, { call: now, rows }));
  return { ...stamp, outcomes: told, ...(isGap && { gap: true }) };
};

const carryOut = async (
  { store }: KnownCall,
  { client, heard, mutations }: Reading,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly isGap: boolean }> => {
  const outcomes: Outcome[] = [];
  for (const mutation of mutations) {
    try {
      const counted = await store.push({ client, heard, ...mutation });
      if ('gap' in counted) return { outcomes, isGap: outcomes.length === 0 };
      outcomes.push(counted);
    } catch (error) {
      if (outcomes.length === 0) throw error;
      break;
    }
  }
  return { outcomes, isGap: false };
};

const touchedIn = (outcomes: readonly Outcome[]): readonly Touched[] =>
  outcomes.flatMap((outcome) => (outcome.ok ? (outcome.touched ?? []) : []));

const rowsOf = async (call: KnownCall, outcomes: readonly Outcome[]): Promise<Rows> => {
  const rows = new Map<string, ReadonlyMap<string, AnyRecord>>();
  for (const [module, some] of Map.groupBy(touchedIn(outcomes), (one) => one.module))
    rows.set(module, await namedRecords(call, module, { ids: [...new Set(some.map(({ id }) => id))] }));
  return rows;
};

interface Telling {
  readonly call: KnownCall;
  readonly rows: Rows;
}

const toldOf = (outcome: Outcome, { changes }: ReadMutation, { call, rows }: Telling): ToldOutcome => {
  const { mid } = outcome;
  if (!outcome.ok) return { ok: false, mid, error: toProblem(shownError(asCrmError(outcome.error)), call.id) };
  const named = new Set(changes.map(({ module, id }) => `${module}/${id}`));
  // others' records that came to be written as well are not named where they are out of sight
  const isTold = ({ module, id }: Touched): boolean =>
    !call.policy || named.has(`${module}/${id}`) || rows.get(module)?.has(id) === true;
  const touched = outcome.touched
    ?.filter(isTold)
    .map((one) => ({ ...one, record: rows.get(one.module)?.get(one.id) ?? null }));
  return {
    ok: true,
    mid,
    ...(touched && { touched }),
    ...(outcome.conflicts && outcome.conflicts.length > 0 && { conflicts: [...outcome.conflicts] }),
  };
};
