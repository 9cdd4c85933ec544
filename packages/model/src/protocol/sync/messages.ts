import * as z from 'zod/mini';
import { isId } from '../../id.ts';
import { changeMessage, maxChanges } from '../changes.ts';
import { problemMessage } from '../problem.ts';
import { queryMessage, recordMessage } from '../records.ts';
import { maxNamed, maxPushed } from './limits.ts';

const id = z.string().check(z.refine(isId, { error: 'id' }));
const module = z.string().check(z.maxLength(60));
const seq = z.int().check(z.minimum(0));
const version = z.int().check(z.minimum(0));

/** One device's copy of the program: whose changes are counted. */
export const clientId = z.string().check(z.regex(/^[\w-]{16,64}$/));

/** What every reply carries: see SPEC.md, R2 to R4. */
const stamp = {
  /** Everything committed up to here is in the reply; the tenant's counter, read before the reply was. */
  asOf: seq,
  /** The number under which the caller's rights last changed. */
  aclSeq: seq,
  /** The caller's last mutation that was carried out or refused; 0 when there was none or no client was named. */
  last: seq,
};

/** The body of `POST /v1/sync/query`. */
export const syncQueryMessage = z.strictObject({ module, query: queryMessage, client: z.optional(clientId) });

/** A page of whole records. */
export const syncPageMessage = z.object({
  ...stamp,
  records: z.array(recordMessage),
  next: z.nullable(z.string()),
  count: z.optional(z.int()),
  included: z.optional(z.record(z.string(), z.record(z.string(), recordMessage))),
});

/**
 * The body of `POST /v1/sync/bulk`, and the parameters of `GET /v1/sync/bulk` where the filter is short enough for an
 * address. Each line of the answer is a page with a stamp of its own.
 */
export const syncBulkMessage = z.strictObject({
  module,
  where: queryMessage.shape.where,
  after: queryMessage.shape.after,
});

/** The body of `POST /v1/sync/records`: records by name, with the versions that the caller has; 0 for none. */
export const syncRecordsMessage = z.strictObject({
  module,
  known: z.array(z.tuple([id, version])).check(z.minLength(1), z.maxLength(maxNamed)),
  client: z.optional(clientId),
});

/** Those that are newer than what the caller has, and those that are not to be seen; nothing is said of the others. */
export const syncNewsMessage = z.object({ ...stamp, records: z.array(recordMessage), gone: z.array(z.string()) });

/** The client's own count, without gaps. */
const mid = z.int().check(z.minimum(1));

/** One intent of a person: changes that are carried out together or not at all. */
export const mutationMessage = z.strictObject({
  mid,
  /** None: the client gave it up, and only its number is to be passed over. */
  changes: z.array(changeMessage).check(z.maxLength(maxChanges)),
});

/** The body of `POST /v1/sync/push`: the oldest mutations of a client, in their order. */
export const pushMessage = z.strictObject({
  client: clientId,
  /** Up to here the client has heard what came of its mutations, and nobody need remember it. */
  heard: seq,
  mutations: z.array(mutationMessage).check(z.minLength(1), z.maxLength(maxPushed)),
});

/** The same as it arrives, before anybody looked what its mutations are: see `readMutation`. */
export const arrivedPushMessage = z.strictObject({
  client: clientId,
  heard: seq,
  mutations: z.array(z.looseObject({ mid })).check(z.minLength(1), z.maxLength(maxPushed)),
});

/** A record that a mutation changed; null when it is not for the caller's eyes, or deleted. */
const touched = z.object({ module: z.string(), id: z.string(), version, record: z.nullable(recordMessage) });

/** A field where a mutation met another's change, and what was done about it by the field's policy. */
const settledConflict = z.object({
  module: z.string(),
  id: z.string(),
  field: z.string(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  by: z.nullable(z.string()),
  at: z.nullable(z.string()),
  kept: z.enum(['mine', 'theirs', 'both']),
});

/** What came of one mutation. */
const outcome = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    mid: z.int(),
    /** Undefined for one that was carried out so long ago that nobody remembers. */
    touched: z.optional(z.array(touched)),
    conflicts: z.optional(z.array(settledConflict)),
  }),
  z.object({ ok: z.literal(false), mid: z.int(), error: problemMessage }),
]);

/**
 * What came of the mutations, in their order, as far as the server got. A gap instead of any: the first one was not
 * the one after `last`.
 */
export const pushedMessage = z.object({ ...stamp, outcomes: z.array(outcome), gap: z.optional(z.literal(true)) });

/** The body of `POST /v1/sync/verify`: may all of these still be seen, and are they as the caller has them? */
export const verifyMessage = z.strictObject({
  module,
  known: z.array(z.tuple([id, version])).check(z.minLength(1), z.maxLength(maxNamed)),
});

export const verifiedMessage = z.object({
  ...stamp,
  /** The number under which the caller's rights to fields last changed: rows of before are to be fetched anew. */
  fieldsSeq: seq,
  gone: z.array(z.string()),
  /** Those of a higher version than the caller has, by that version. */
  changed: z.array(z.tuple([z.string(), version])),
});

export type SyncBulk = z.infer<typeof syncBulkMessage>;
export type SyncPage = z.infer<typeof syncPageMessage>;
export type SyncNews = z.infer<typeof syncNewsMessage>;
export type Mutation = z.infer<typeof mutationMessage>;
export type Push = z.infer<typeof pushMessage>;
export type ArrivedPush = z.infer<typeof arrivedPushMessage>;
export type Pushed = z.infer<typeof pushedMessage>;
export type Outcome = z.infer<typeof outcome>;
export type SettledConflict = z.infer<typeof settledConflict>;
export type Verified = z.infer<typeof verifiedMessage>;
