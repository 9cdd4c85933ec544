import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { StaticFiles } from './static-files.ts';

const root = mkdtempSync(join(tmpdir(), 'tessera-static-'));
const folder = join(root, 'public');
mkdirSync(join(folder, 'shop'), { recursive: true });
writeFileSync(join(root, 'secret.txt'), 'secret');
writeFileSync(join(folder, '.env'), 'secret');
writeFileSync(join(folder, 'shop', 'index.html'), '<p>shop');
writeFileSync(join(folder, 'a b.js'), 'export {};');
symlinkSync(join(root, 'secret.txt'), join(folder, 'way-out.txt'));
after(() => rmSync(root, { recursive: true }));

const files = new StaticFiles(folder, { headers: { 'x-more': 'yes' }, hashed: /^shop\// });
const get = async (path: string, init?: RequestInit): Promise<Response | null> =>
  files.answer(new Request('http://x.test/', init), path);

describe('static files', () => {
  test('come with their type', async () => {
    const answer = await get('a%20b.js');
    assert.equal(answer?.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(answer.headers.get('x-more'), 'yes');
    assert.equal(await answer.text(), 'export {};');
  });

  test('of a folder are its index', async () => {
    assert.equal(await (await get('shop/'))?.text(), '<p>shop');
    assert.equal(await get('shop'), null);
  });

  test('are not sent again when they are known, and have no body when only asked about', async () => {
    const etag = (await get('shop/'))!.headers.get('etag')!;
    assert.equal((await get('shop/', { headers: { 'if-none-match': etag } }))?.status, 304);
    assert.equal(await (await get('shop/', { method: 'HEAD' }))?.text(), '');
  });

  test('are asked for again each time, unless their names tell their contents', async () => {
    assert.equal((await get('a%20b.js'))?.headers.get('cache-control'), 'no-cache');
    assert.match((await get('shop/index.html'))!.headers.get('cache-control')!, /immutable/);
  });

  test('never come from outside of the folder, and never hidden ones', async () => {
    for (const path of [
      '../secret.txt',
      '%2e%2e/secret.txt',
      '..%2fsecret.txt',
      'shop/../../secret.txt',
      '.env',
      'way-out.txt',
      '..\\secret.txt',
      '/etc/passwd',
      '%00',
      '%zz',
      'shop/index.html/',
      'C:/x',
    ])
      assert.equal(await get(path), null, path);
  });

  test('are only for reading', async () => {
    assert.equal(await get('shop/', { method: 'POST' }), null);
  });
});
