import type { Change } from '@tessera-crm/model/change.js';
import { fromProblem } from '@tessera-crm/model/protocol/from-problem.js';
import type { Problem } from '@tessera-crm/model/protocol/problem.js';
import type { Applied, ApplyOptions } from '@tessera-crm/model/store.js';
import { listIn, misshapen } from './envelopes.ts';
import type { RemoteStore } from './remote-store.ts';

type Result = Applied | { readonly ok: false; readonly module: string; readonly id: string; readonly error: Problem };

/** Sends a batch of changes. It always carries a key, so that a repetition after a lost answer does nothing twice. */
export const applyRemotely = async (
  store: RemoteStore,
  changes: readonly Change[],
  { atomic = true, idempotencyKey = randomKey(), signal }: ApplyOptions,
): Promise<readonly Applied[]> => {
  const headers = { 'idempotency-key': idempotencyKey };
  const asked = store.transport.ask('changes', { body: { changes, atomic }, headers, signal });
  // after a failure, too: nobody knows how far it came
  const answer = await asked.finally(() => store.touched(changes));
  const results = listIn(answer, 'results') as readonly Result[];
  if (results.length !== changes.length) throw misshapen('results');
  return results.map((result) => (result.ok ? result : { ...result, error: fromProblem(result.error as Problem) }));
};

/** Also outside secure contexts, where `crypto.randomUUID` is missing. */
const randomKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
