import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { compressed } from './compressed.ts';

const long = 'long '.repeat(1_000);

const ask = async (
  headers: Readonly<Record<string, string>>,
  sent: Readonly<Record<string, string>>,
  body = long,
): Promise<Response> => {
  const length = String(Buffer.byteLength(body));
  const answer = compressed(async (_, address) => {
    assert.equal(address, '192.0.2.1');
    return new Response(body, { headers: { 'content-length': length, etag: '"7"', ...sent } });
  });
  return answer(new Request('http://x.test/', { headers }), '192.0.2.1');
};

const takes = { 'accept-encoding': 'br, gzip' };

describe('an answer', () => {
  test('is compressed for those who say that they take it so', async () => {
    const answer = await ask(takes, { 'content-type': 'application/json' });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
    assert.equal(answer.headers.get('content-length'), null);
    assert.equal(answer.headers.get('etag'), 'W/"7"');
    assert.equal(gunzipSync(await answer.arrayBuffer()).toString(), long);
  });

  test('is compressed also when it comes line by line', async () => {
    const answer = await ask(takes, { 'content-type': 'application/x-ndjson' });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.equal(gunzipSync(await answer.arrayBuffer()).toString(), long);
  });

  test('stays what it is for all others', async () => {
    for (const headers of [{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'gzip;q=0' }]) {
      const answer = await ask(headers, { 'content-type': 'application/json' });
      assert.equal(answer.headers.get('content-encoding'), null);
      assert.equal(await answer.text(), long);
    }
  });

  test('stays what it is when it is short, a picture, or a stream of events', async () => {
    const answers = [
      await ask(takes, { 'content-type': 'application/json' }, '{}'),
      await ask(takes, { 'content-type': 'image/png' }),
      await ask(takes, { 'content-type': 'text/event-stream' }),
    ];
    assert.deepEqual(
      answers.map(({ headers }) => headers.get('content-encoding')),
      [null, null, null],
    );
  });
});
