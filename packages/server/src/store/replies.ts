import { createHash } from 'node:crypto';
import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, type ErrorCode, type ErrorFacts } from '@tessera-crm/model/errors.js';
import type { Applied } from '@tessera-crm/model/store.js';
import { toObjects } from '../database/database.ts';
import { keepReply, keptReply, type RequestKey } from '../sql/idempotency.ts';
import type { Run } from './read-page.ts';

type Kept =
  | (Applied & { readonly ok: true })
  | { readonly ok: false; readonly module: string; readonly id?: string; readonly error: KeptError };

/** An error as it is kept. */
export interface KeptError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly facts: ErrorFacts;
}

/** A request that may be sent again without being carried out again. */
export interface Repeatable extends RequestKey {
  /** What was asked for: the same key with anything else is a mistake. */
  readonly hash: string;
}

export const repeatable = (key: RequestKey, changes: readonly Change[], atomic: boolean): Repeatable => ({
  ...key,
  hash: createHash('sha256')
    .update(JSON.stringify([changes, atomic]))
    .digest('base64'),
});

/** The answer that was given before; null when there was none. @throws {CrmError} `conflict` for another request */
export const findReply = async (request: Repeatable, run: Run): Promise<readonly Applied[] | null> => {
  const [kept] = toObjects<{ readonly request_hash: string; readonly body: readonly Kept[] }>(
    await run(keptReply(request)),
  );
  if (!kept) return null;
  if (kept.request_hash !== request.hash)
    throw new CrmError('conflict', 'This idempotency key was used for other changes.', { key: request.key });
  return kept.body.map(revive);
};

/** Keeps the answer, in the transaction of what it is about. */
export const keep = async (
  request: Repeatable,
  { applied, at }: { readonly applied: readonly Applied[]; readonly at: string },
  run: Run,
): Promise<void> => {
  await run(keepReply(request, { hash: request.hash, body: applied.map(pack), at }));
};

export const packError = ({ code, message, facts }: CrmError): KeptError => ({ code, message, facts });

export const reviveError = ({ code, message, facts }: KeptError): CrmError => new CrmError(code, message, facts);

const pack = (applied: Applied): Kept =>
  applied.ok
    ? applied
    : {
        ok: false,
        module: applied.module,
        ...(applied.id !== undefined && { id: applied.id }),
        error: packError(applied.error),
      };

const revive = (kept: Kept): Applied =>
  kept.ok
    ? kept
    : {
        ok: false,
        module: kept.module,
        id: kept.id,
        error: reviveError(kept.error),
      };
