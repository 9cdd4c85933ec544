import type { Change } from '@tessera-crm/model/change.js';
import { changesMessage } from '@tessera-crm/model/protocol/changes.js';
import { toProblem } from '@tessera-crm/model/protocol/problem.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { KnownCall } from '../call.ts';
import { readJson } from '../json-body.ts';
import { checkedBy } from '../question.ts';
import { json, shownError, type Reply } from '../replies.ts';
import { idempotencyKey } from './records.ts';

/** Many changes at once: all or none, unless `atomic` is false. */
export const applyChanges = async (call: KnownCall): Promise<Reply> => {
  const { changes, atomic = true } = checkedBy(changesMessage, await readJson(call.request));
  const results = await call.store.apply(changes as readonly Change[], { atomic, ...idempotencyKey(call) });
  return json({ results: results.map((applied) => resultOf(applied, call.id)) });
};

const resultOf = (applied: Applied, requestId: string): unknown =>
  applied.ok ? applied : { ...applied, error: toProblem(shownError(applied.error), requestId) };
