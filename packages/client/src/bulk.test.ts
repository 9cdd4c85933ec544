import type { SyncPage } from '@tessera-crm/model/protocol/sync/messages.js';
import { refusal } from '@tessera-crm/model/testing/store-kit.js';
import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { RemoteStore } from './remote-store.ts';
import type { Answered, ConnectionOptions } from './transport.ts';

type Answer = () => Answered;

const type = 'application/x-ndjson';

const line = (next: string | null, ...ids: readonly string[]): string =>
  `${JSON.stringify({ asOf: 1, aclSeq: 0, last: 0, records: ids.map((id) => ({ id, version: 1 })), next })}\n`;

const answer =
  (body: BodyInit, { status = 200, contentType = type } = {}): Answer =>
  () =>
    new Response(body, { status, headers: { 'content-type': contentType } });

const problem = (status: number, code: string): Answer =>
  answer(JSON.stringify({ code, title: code, status }), { status, contentType: 'application/problem+json' });

/** A store whose questions are answered in turn. */
const asking = (answers: readonly Answer[], options: Partial<ConnectionOptions> = {}) => {
  const asked: unknown[] = [];
  const tokens: unknown[] = [];
  const left = [...answers];
  const fetch: ConnectionOptions['fetch'] = async (_url, { body, headers }) => {
    asked.push(JSON.parse(body as string));
    tokens.push((headers as Readonly<Record<string, string>>)['authorization']);
    const next = left.shift() ?? assert.fail('One question too many.');
    return next();
  };
  const store = new RemoteStore({ url: 'http://crm.test', token: 'key', retry: { delay: () => 1 }, fetch, ...options });
  return { store, asked, tokens };
};

/** A body that is written bit by bit. */
const written = () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const write = async (text: string): Promise<void> => writer.write(new TextEncoder().encode(text));
  return { readable, write, breakOff: async () => writer.abort(new Error('ECONNRESET')) };
};

/** The ids of what is told until it ends or fails, and why it failed. */
const told = async (pages: AsyncIterable<SyncPage>) => {
  const ids: string[][] = [];
  try {
    for await (const { records } of pages) ids.push(records.map(({ id }) => id));
  } catch (error) {
    return { ids, error: (error as { readonly code: unknown }).code };
  }
  return { ids, error: undefined };
};

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a bulk read of a RemoteStore', () => {
  afterEach(() => mock.timers.reset());

  it('goes on by itself where an answer ended before the last page', async () => {
    const { store, asked } = asking([answer(line('b', '1') + line('c', '2')), answer(line(null, '3'))]);
    const where = { name: 'Acme' };
    assert.deepEqual(await told(store.sync.bulk('accounts', { where }, { after: 'a' })), {
      ids: [['1'], ['2'], ['3']],
      error: undefined,
    });
    assert.deepEqual(asked, [
      { module: 'accounts', where, after: 'a' },
      { module: 'accounts', where, after: 'c' },
    ]);
  });

  it('sends filters that are longer than any address', async () => {
    const where = { id: { in: Array.from({ length: 1_000 }, () => crypto.randomUUID()) } };
    const { store, asked } = asking([answer(line(null))]);
    await told(store.sync.bulk('accounts', { where }));
    assert.deepEqual(asked, [{ module: 'accounts', where }]);
  });

  it('takes lines apart wherever the network cuts them', async () => {
    const bytes = new TextEncoder().encode(line('b', 'Città', '𝒳') + line(null, 'Á'));
    for (const size of [1, 2, 7, 4_096]) {
      const cut = new ReadableStream<Uint8Array>({
        start: (controller) => {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
          controller.close();
        },
      });
      const { ids } = await told(asking([answer(cut)]).store.sync.bulk('accounts', {}));
      assert.deepEqual(ids, [['Città', '𝒳'], ['Á']], `in pieces of ${size}`);
    }
  });

  it('reads no further than the caller does, and lets go when the caller stops', async () => {
    const pulled: string[] = [];
    let isLetGo = false;
    const lines = [line('b', '1'), line('c', '2'), line('d', '3'), line(null, '4')];
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled.push(lines[pulled.length]!);
          controller.enqueue(new TextEncoder().encode(pulled.at(-1)));
        },
        cancel: () => void (isLetGo = true),
      },
      { highWaterMark: 0 },
    );
    const seen: (string | null)[] = [];
    for await (const { next } of asking([answer(body)]).store.sync.bulk('accounts', {})) {
      seen.push(next);
      await settled();
      assert.equal(pulled.length, seen.length);
      if (seen.length === 2) break;
    }
    await settled();
    assert.deepEqual([seen, isLetGo], [['b', 'c'], true]);
  });

  it('cannot reach the server when an answer breaks off, between two pages or in the middle of one', async () => {
    for (const rest of ['', line('c', '2').slice(0, 40)]) {
      const { readable, write, breakOff } = written();
      const reading = told(asking([answer(readable)]).store.sync.bulk('accounts', {}));
      await write(line('b', '1') + rest);
      await settled();
      void breakOff();
      assert.deepEqual(await reading, { ids: [['1']], error: 'network' });
    }
    // a proxy may end cleanly what it did not get to its end
    const cut = answer(line('b', '1') + line('c', '2').slice(0, 40));
    assert.deepEqual(await told(asking([cut]).store.sync.bulk('accounts', {})), { ids: [['1']], error: 'network' });
  });

  it('does not ask for ever where answers bring nothing', async () => {
    const { store, asked } = asking([answer(line('b', '1')), answer('')]);
    assert.deepEqual(await told(store.sync.bulk('accounts', {})), { ids: [['1']], error: 'network' });
    assert.equal(asked.length, 2);
    assert.deepEqual(
      (await told(asking([answer(line('b', '1'))]).store.sync.bulk('accounts', {}, { after: 'b' }))).error,
      'network',
    );
  });

  it('may take as long as it likes, as long as something comes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { readable, write } = written();
    const reading = told(asking([answer(readable)]).store.sync.bulk('accounts', {}));
    for (const id of ['1', '2', '3']) {
      await write(line(`after ${id}`, id));
      await settled();
      mock.timers.tick(15_000);
      await settled();
    }
    mock.timers.tick(5_000);
    assert.deepEqual(await reading, { ids: [['1'], ['2'], ['3']], error: 'timeout' });
  });

  it('waits for a slow caller', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const body = answer(line('b', '1') + line(null, '2'));
    const ids: string[] = [];
    for await (const { records } of asking([body]).store.sync.bulk('accounts', {})) {
      ids.push(records[0]!.id);
      mock.timers.tick(60_000);
    }
    assert.deepEqual(ids, ['1', '2']);
  });

  it('begins with another token, and once again, as other questions do', async () => {
    const tokens = ['old', 'new'];
    const { store, tokens: sent } = asking(
      [problem(401, 'token-rejected'), problem(503, 'unavailable'), answer(line(null, '1'))],
      { getToken: async () => ({ token: tokens.shift() ?? 'none', expiresIn: 600 }) },
    );
    assert.deepEqual(await told(store.sync.bulk('accounts', {})), { ids: [['1']], error: undefined });
    assert.deepEqual(sent, ['Bearer old', 'Bearer new', 'Bearer new']);
  });

  it('goes on with another token when the old one has ended', async () => {
    const tokens = ['old', 'new'];
    const { store, tokens: sent } = asking(
      [answer(line('b', '1')), problem(401, 'token-rejected'), answer(line(null, '2'))],
      { getToken: async () => ({ token: tokens.shift() ?? 'none', expiresIn: 600 }) },
    );
    assert.deepEqual(await told(store.sync.bulk('accounts', {})), { ids: [['1'], ['2']], error: undefined });
    assert.deepEqual(sent, ['Bearer old', 'Bearer old', 'Bearer new']);
  });

  it('refuses what is not of the protocol', async () => {
    const good = { asOf: 1, aclSeq: 0, last: 0, records: [], next: null };
    const bad = [
      null,
      [],
      { ...good, asOf: undefined },
      { ...good, records: {} },
      { ...good, records: [{}] },
      { ...good, next: 1 },
    ];
    for (const page of bad) {
      const { error } = await told(asking([answer(`${JSON.stringify(page)}\n`)]).store.sync.bulk('accounts', {}));
      assert.equal(error, 'schema-mismatch', JSON.stringify(page));
    }
    for (const contentType of ['text/html', 'application/json'])
      for (const body of ['<p>Sign in</p>', '{}']) {
        const { error } = await told(asking([answer(body, { contentType })]).store.sync.bulk('accounts', {}));
        assert.equal(error, 'schema-mismatch', `${contentType} ${body}`);
      }
  });

  it('does with a fetch that has whole texts only', async () => {
    const text = line('b', '1') + line(null, '2');
    const plain: Answer = () => ({ ok: true, status: 200, headers: { get: () => type }, text: async () => text });
    assert.deepEqual((await told(asking([plain]).store.sync.bulk('accounts', {}))).ids, [['1'], ['2']]);
  });

  it('ends when the caller gives up or the connection is closed, also with a fetch that forgets the signal', async () => {
    for (const how of ['signal', 'close'] as const) {
      const stop = new AbortController();
      const { readable, write } = written();
      const { store } = asking([answer(readable)]);
      const reading = store.sync.bulk('accounts', {}, { signal: stop.signal })[Symbol.asyncIterator]();
      void write(line('b', '1'));
      assert.equal((await reading.next()).done, false);
      const next = reading.next();
      await settled();
      if (how === 'signal') stop.abort();
      else store.transport.close();
      await refusal(next, 'aborted');
    }
  });
});
