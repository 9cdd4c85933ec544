import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { SettledConflict } from '@tessera-crm/model/rules/conflicts.js';
import { toObjects, type Database } from '../database/database.ts';
import { countMutation, keptOutcome, lockClient, meetClient, type ClientKey } from '../sql/clients.ts';
import { packError, reviveError, type KeptError } from './replies.ts';
import type { Run } from './read-page.ts';

/** A mutation's place in the count of its client. */
export interface Count extends ClientKey {
  readonly mid: number;
  readonly heard: number;
}

/** A mutation on its way to being carried out. */
export interface Turn extends Pick<Count, 'client' | 'mid' | 'heard'> {
  readonly changes: readonly Change[];
  /** What somebody on the way has against it: it is only counted then. */
  readonly refusal?: CrmError;
}

/** A record that a mutation wrote. */
export interface Touched {
  readonly module: string;
  readonly id: string;
  readonly version: number;
}

/** What came of a mutation. */
export type Outcome =
  | {
      readonly ok: true;
      readonly mid: number;
      /** Undefined when nobody remembers. */
      readonly touched?: readonly Touched[] | undefined;
      readonly conflicts?: readonly SettledConflict[] | undefined;
    }
  | { readonly ok: false; readonly mid: number; readonly error: CrmError };

/** The outcome, or that it was not the mutation's turn. */
export type Counted = Outcome | { readonly gap: true };

type Kept =
  | {
      readonly ok: true;
      readonly touched: readonly (readonly [module: string, id: string, version: number])[];
      readonly conflicts: readonly SettledConflict[];
    }
  | { readonly ok: false; readonly error: KeptError };

/**
 * Takes a client's turn, and keeps others from taking it until the transaction ends.
 *
 * @returns What came of the mutation if it was counted before, or that there is a gap; null when it is its turn.
 * @throws {CrmError} `forbidden` for a client of somebody else
 */
export const takeTurn = async (count: Count, at: string, run: Run): Promise<Counted | null> => {
  if (count.mid === 1) await run(meetClient(count, at));
  const [known] = toObjects<{ readonly principal: string; readonly last_mid: number }>(await run(lockClient(count)));
  if (!known) return { gap: true };
  if (known.principal !== count.principal)
    throw new CrmError('forbidden', 'This client is somebody else’s.', { reason: 'client' });
  if (count.mid > known.last_mid + 1) return { gap: true };
  return count.mid <= known.last_mid ? earlier(count, run) : null;
};

const earlier = async (count: Count, run: Run): Promise<Outcome> => {
  const [kept] = toObjects<{ readonly body: Kept }>(await run(keptOutcome(count, count.mid)));
  const { mid } = count;
  if (!kept) return { ok: true, mid };
  if (!kept.body.ok) return { ok: false, mid, error: reviveError(kept.body.error) };
  const { touched, conflicts } = kept.body;
  return { ok: true, mid, touched: touched.map(([module, id, version]) => ({ module, id, version })), conflicts };
};

/** Counts a mutation whose turn it is, and keeps what came of it for as long as the client may ask. */
export const count = async (of: Count, outcome: Outcome, { at, run }: { at: string; run: Run }): Promise<void> => {
  const body: Kept = outcome.ok
    ? {
        ok: true,
        touched: (outcome.touched ?? []).map(({ module, id, version }) => [module, id, version]),
        conflicts: outcome.conflicts ?? [],
      }
    : { ok: false, error: packError(outcome.error) };
  await run(countMutation(of, { ...of, body, at }));
};

/** Counts a mutation that is not carried out. @returns What came of it before, if anything did. */
export const refuse = async (of: Count, error: CrmError, { at, database }: { at: string; database: Database }) =>
  database.transaction(of.tenant, async (connection): Promise<Counted> => {
    const run: Run = (statement) => connection.run(statement);
    const counted = await takeTurn(of, at, run);
    if (counted) return counted;
    const refused = { ok: false, mid: of.mid, error } as const;
    await count(of, refused, { at, run });
    return refused;
  });
