import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { findPostgres } from '../tools/postgres.mjs';

const scratch = (context: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-test-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/**
 * Runs the benchmark of the server. Resolves when nobody writes to its output any more: whatever it started and left
 * behind keeps the output open.
 */
const bench = async (path: string, signal: AbortSignal) => {
  const args = ['--conditions=tessera-source', 'test/bench/server/run.ts', '10', '1', '1'];
  const child = spawn(process.execPath, args, { env: { ...process.env, PATH: path }, signal });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  return { code, said };
};

// with nothing on PATH there is no package manager either that could bring it
test('the benchmark of the server says at once that wrk is missing and how to get it', async (context) => {
  const { code, said } = await bench(scratch(context), AbortSignal.timeout(20_000));
  assert.equal(code, 1);
  assert.match(said, /wrk, which is not on PATH. Install it: apt-get install wrk/);
});

const skip = findPostgres() === undefined && 'no PostgreSQL is installed';

test('a benchmark in which something fails ends, and leaves nothing running', { skip }, async (context) => {
  const folder = scratch(context);
  writeFileSync(join(folder, 'wrk'), '#!/bin/sh\necho "wrk cannot go on" >&2\nexit 3\n');
  chmodSync(join(folder, 'wrk'), 0o755);
  symlinkSync(process.execPath, join(folder, 'node'));
  const { code, said } = await bench([folder, process.env['PATH']].join(delimiter), AbortSignal.timeout(120_000));
  assert.equal(code, 1);
  assert.match(said, /wrk cannot go on/);
});
