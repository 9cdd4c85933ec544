import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { lockFolder } from './folder-lock.ts';

const script = (folder: string): string =>
  `import { lockFolder } from ${JSON.stringify(import.meta.resolve('./folder-lock.ts'))};
   lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;

const holder = (folder: string) =>
  spawn(process.execPath, ['--conditions=tessera-source', '--input-type=module', '-e', script(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tessera-lock-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names this process, and is gone when given up', () => {
    const unlock = lockFolder(folder);
    assert.equal(readFileSync(join(folder, 'tessera.lock'), 'utf8'), String(process.pid));
    unlock();
    lockFolder(folder)();
  });

  it('refuses a second claim of the same process', () => {
    const unlock = lockFolder(folder);
    assert.throws(
      () => lockFolder(folder),
      (error) => isCrmError(error, 'config') && error.facts['pid'] === process.pid,
    );
    unlock();
  });

  it('refuses a second process, saying which one holds it, and is taken over when that one was killed', async () => {
    const other = holder(folder);
    await once(other.stdout, 'data');
    assert.throws(
      () => lockFolder(folder),
      (error) => isCrmError(error, 'config') && error.message.includes(String(other.pid)),
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    lockFolder(folder)();
  });

  it('takes over from a process that is no more, and from a file that says nothing', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const left of [String(pid), '']) {
      writeFileSync(join(folder, 'tessera.lock'), left);
      lockFolder(folder)();
    }
  });
});
