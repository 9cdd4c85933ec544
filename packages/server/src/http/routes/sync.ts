import {
  syncBulkMessage,
  syncQueryMessage,
  syncRecordsMessage,
  verifyMessage,
  type SyncBulk,
} from '@tessera-crm/model/protocol/sync/messages.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import { fromSearchParams } from '@tessera-crm/model/query/url.js';
import type { Feed } from '../../backend.ts';
import type { Stamp } from '../../store/feed.ts';
import type { KnownCall } from '../call.ts';
import { readJson } from '../json-body.ts';
import { checkedBy, parametersOf } from '../question.ts';
import { json, jsonText, type Reply } from '../replies.ts';
import { BulkStream } from './bulk-stream.ts';
import { namedRecords } from './named-records.ts';
import { pushAll } from './push.ts';

/** What a cache asks: see SPEC.md beside the messages. Every reply's stamp is read before the rest of it. */
export class SyncRoutes {
  readonly #feed: Feed;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /** `POST /v1/sync/query`: a page of whole records, since parts of one cannot be kept. */
  readonly query = async (call: KnownCall): Promise<Reply> => {
    const { module, query, client } = checkedBy(syncQueryMessage, await readJson(call.request));
    const stamp = await this.#stamp(call, client);
    const { fields: _fields, ...whole } = query;
    const { store } = await call.asOfNow();
    const page = await store.listText(module, whole as Query);
    return jsonText(`${JSON.stringify(stamp).slice(0, -1)},${page.slice(1)}`);
  };

  /** `POST /v1/sync/records`: what is newer than what the caller has, and what is not to be seen. */
  readonly records = async (call: KnownCall): Promise<Reply> => {
    const { module, known, client } = checkedBy(syncRecordsMessage, await readJson(call.request));
    call.registry.get(module);
    const stamp = await this.#stamp(call, client);
    const now = await call.asOfNow();
    const there = await namedRecords(now, module, { ids: known.map(([id]) => id), fields: [] });
    const newer = known.filter(([id, version]) => (there.get(id)?.version ?? 0) > version).map(([id]) => id);
    const records = await namedRecords(now, module, { ids: newer });
    // some may have gone between the two looks
    const gone = known.flatMap(([id]) => (there.has(id) && (records.has(id) || !newer.includes(id)) ? [] : id));
    return json({ ...stamp, records: [...records.values()], gone });
  };

  /** `POST /v1/sync/verify`: which of those are not to be seen under the rights of now, and which changed meanwhile. */
  readonly verify = async (call: KnownCall): Promise<Reply> => {
    const { module, known } = checkedBy(verifyMessage, await readJson(call.request));
    call.registry.get(module);
    const stamp = await this.#stamp(call);
    const seen = await namedRecords(await call.asOfNow(), module, { ids: known.map(([id]) => id), fields: [] });
    const gone = known.flatMap(([id]) => (seen.has(id) ? [] : [id]));
    const changed = known.flatMap(([id, version]) => {
      const now = seen.get(id)?.version ?? 0;
      return now > version ? [[id, now] as const] : [];
    });
    // which fields one sees is in the token, and whose rights change may come with another one from then on
    return json({ ...stamp, fieldsSeq: stamp.aclSeq, gone, changed });
  };

  /** `POST /v1/sync/push`: the oldest mutations of a client. */
  readonly push = async (call: KnownCall): Promise<Reply> =>
    json(await pushAll(call, async (client) => this.#stamp(call, client)));

  /** `POST /v1/sync/bulk`: all records that fit a filter, a page on each line. */
  readonly bulk = async (call: KnownCall): Promise<Reply> =>
    this.#bulk(call, checkedBy(syncBulkMessage, await readJson(call.request)));

  /** `GET /v1/sync/bulk`: the same, for filters that are short enough for an address. */
  readonly bulkAt = async (call: KnownCall): Promise<Reply> => {
    const parameters = parametersOf(call.search, ['module', 'where', 'after']);
    const module = parameters.get('module') ?? '';
    parameters.delete('module');
    return this.#bulk(call, { module, ...fromSearchParams(parameters) });
  };

  async #bulk(call: KnownCall, { module, ...query }: SyncBulk): Promise<Reply> {
    const stream = new BulkStream({ call, module, query: query as Query, stamp: async () => this.#stamp(call) });
    return {
      status: 200,
      body: await stream.start(),
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    };
  }

  /** Before rights are looked up and anything is read: what is told is at least as new as what it says. */
  async #stamp({ access }: KnownCall, client?: string): Promise<Stamp> {
    return this.#feed.stamp(access.tenant.id, { principal: access.principal, client });
  }
}
