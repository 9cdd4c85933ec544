import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrmError } from '@tessera-crm/model/errors.js';
import { toLogLine } from './log.ts';

test('a log entry is one line that holds places and codes, but no messages of causes', () => {
  const cause = Object.assign(new Error('duplicate key (email)=(giulia@example.it)'), { code: '23505' });
  const error = new CrmError('internal', 'Something about giulia@example.it', {}, cause);
  const line = toLogLine(
    { level: 'error', requestId: 'r1', route: 'create', code: 'internal', error },
    '2026-06-15T10:00:00.000Z',
  );
  assert.equal(line.includes('\n'), false);
  assert.equal(line.includes('giulia'), false);
  const entry = JSON.parse(line) as { readonly trace: readonly string[]; readonly requestId: string };
  assert.equal(entry.requestId, 'r1');
  assert.equal(entry.trace[0], 'CrmError (internal)');
  assert.ok(entry.trace.includes('Error (23505)'));
  assert.ok(entry.trace.some((frame) => frame.includes('log.test.ts')));
});
