import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics } from './metrics.ts';

test('figures count requests by route and status, and times by bucket', () => {
  const metrics = new Metrics();
  for (const [status, seconds] of [
    [200, 0.004],
    [200, 0.02],
    [404, 9],
  ] as const) {
    metrics.started();
    metrics.ended('get', status, seconds);
  }
  metrics.started();
  metrics.streamOpened();
  const lines = metrics.toText().split('\n');
  for (const line of [
    'tessera_requests_total{route="get",status="200"} 2',
    'tessera_requests_total{route="get",status="404"} 1',
    'tessera_request_seconds_bucket{route="get",le="0.005"} 1',
    'tessera_request_seconds_bucket{route="get",le="0.025"} 2',
    'tessera_request_seconds_bucket{route="get",le="5"} 2',
    'tessera_request_seconds_bucket{route="get",le="+Inf"} 3',
    'tessera_request_seconds_count{route="get"} 3',
    'tessera_open_streams 1',
    'tessera_requests_in_flight 1',
  ])
    assert.ok(lines.includes(line), line);
});
