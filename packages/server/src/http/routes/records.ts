import { createHash } from 'node:crypto';
import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { isId, uuid7 } from '@tessera-crm/model/id.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { aggregateMessage, queryMessage } from '@tessera-crm/model/protocol/records.js';
import type { Aggregate, Query } from '@tessera-crm/model/query/query.js';
import { fromSearchParams } from '@tessera-crm/model/query/url.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { KnownCall } from '../call.ts';
import { readJson, readOptionalJson } from '../json-body.ts';
import { etagOf, isKnown, requiredVersion } from '../preconditions.ts';
import { checkedBy, integerIn, parametersOf } from '../question.ts';
import { empty, json, jsonText, type Reply } from '../replies.ts';

/** The id in the path; one that is no id names nothing. */
const idIn = (call: KnownCall): string => {
  const id = call.param('id');
  if (isId(id)) return id;
  throw new CrmError('not-found', 'There is no record with such an id.', { module: call.param('module') });
};

/** The key under which a request is carried out once, however often it is sent. */
export const idempotencyKey = ({ request }: KnownCall): { readonly idempotencyKey?: string } => {
  const key = request.headers.get('idempotency-key');
  if (key === null) return {};
  if (key === '' || key.length > 255) throw invalid([{ path: '', code: 'too-long', params: { max: 255 } }]);
  return { idempotencyKey: key };
};

const withTag = (record: AnyRecord, headers: Record<string, string> = {}, status = 200): Reply =>
  json(record, { etag: etagOf(record), ...headers }, status);

export const listRecords = async (call: KnownCall): Promise<Reply> => {
  const query = call.search === '' ? {} : fromSearchParams(new URLSearchParams(call.search));
  return jsonText(await call.store.listText(call.param('module'), query));
};

export const queryRecords = async (call: KnownCall): Promise<Reply> => {
  const query = checkedBy(queryMessage, await readJson(call.request));
  return jsonText(await call.store.listText(call.param('module'), query as Query));
};

export const aggregateRecords = async (call: KnownCall): Promise<Reply> => {
  const aggregate = checkedBy(aggregateMessage, await readJson(call.request));
  return json({ groups: await call.store.aggregate(call.param('module'), aggregate as Aggregate) });
};

export const getRecord = async (call: KnownCall): Promise<Reply> => {
  const module = call.param('module');
  const id = idIn(call);
  if (call.search !== '') return getWithMore(call, module, id);
  const record = await call.store.get(module, id);
  return isKnown(call.request.headers, etagOf(record)) ? empty(304, { etag: etagOf(record) }) : withTag(record);
};

/** One record with `fields` and `include`; what was included stands beside it, as in a page. */
const getWithMore = async (call: KnownCall, module: string, id: string): Promise<Reply> => {
  const { fields, include } = fromSearchParams(parametersOf(call.search, ['fields', 'include']));
  const { records, included } = await call.store.list(module, {
    where: { id: { is: id } },
    limit: 1,
    archived: 'with',
    ...(fields && { fields }),
    ...(include && { include }),
  });
  const record = records[0];
  if (!record) throw new CrmError('not-found', `There is no record ${id}.`, { module, id });
  return withTag(included ? { ...record, included } : record);
};

/** Carries out one change; the door throws what went wrong with it. */
const applyOne = async (
  call: KnownCall,
  change: Change,
  { base, exact }: { readonly base?: number; readonly exact?: true } = {},
): Promise<Applied & { readonly ok: true }> => {
  const based = base === undefined ? change : ({ ...change, base } as Change);
  const [applied] = await call.store.apply([based], { ...idempotencyKey(call), ...(exact && { exact }) });
  if (!applied?.ok) throw applied?.error ?? new CrmError('internal', 'The change had no outcome.');
  return applied;
};

/** `If-Match` insists on a version; `base` only says what the author saw, and others' changes since are merged. */
const baseOf = (call: KnownCall): { readonly base?: number; readonly exact?: true } => {
  const wanted = requiredVersion(call.request.headers);
  const base = integerIn(parametersOf(call.search, ['base']), 'base', { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (wanted !== undefined) return { base: wanted, exact: true };
  return base === undefined ? {} : { base };
};

const changed = ({ record, module, id }: Applied & { readonly ok: true }, headers = {}, status = 200): Reply =>
  record ? withTag(record, headers, status) : json({ module, id }, headers, status);

/** A repeated request has to come to the same id as the first, or it would be another request. */
const freshId = (call: KnownCall): string => {
  const { idempotencyKey: key } = idempotencyKey(call);
  if (key === undefined) return call.newId();
  const hash = createHash('sha256')
    .update(JSON.stringify([call.access.principal, call.param('module'), key]))
    .digest();
  return uuid7(0, hash);
};

export const createRecord = async (call: KnownCall): Promise<Reply> => {
  const module = call.param('module');
  const { id = freshId(call), ...values } = await readJson(call.request);
  if (!isId(id)) throw invalid([{ path: '/id', code: 'id' }]);
  const applied = await applyOne(call, { op: 'create', module, id, values });
  return changed(applied, { location: `${call.basePath}/v1/${module}/${id}` }, 201);
};

export const updateRecord = async (call: KnownCall): Promise<Reply> => {
  const id = idIn(call);
  const values = await readJson(call.request);
  return changed(await applyOne(call, { op: 'update', module: call.param('module'), id, values }, baseOf(call)));
};

export const deleteRecord = async (call: KnownCall): Promise<Reply> => {
  const id = idIn(call);
  await applyOne(call, { op: 'delete', module: call.param('module'), id }, baseOf(call));
  return empty(204);
};

export const restoreRecord = async (call: KnownCall): Promise<Reply> =>
  changed(await applyOne(call, { op: 'restore', module: call.param('module'), id: idIn(call) }));

export const actOnRecord = async (call: KnownCall): Promise<Reply> => {
  const id = idIn(call);
  const args = await readOptionalJson(call.request);
  const change = { op: 'act', module: call.param('module'), id, action: call.param('action'), args } as const;
  const { record, result } = await applyOne(call, change, baseOf(call));
  return json({ record, result: result ?? {} }, record ? { etag: etagOf(record) } : {});
};

export const recordHistory = async (call: KnownCall): Promise<Reply> =>
  json({ versions: await call.store.history(call.param('module'), idIn(call)) });
