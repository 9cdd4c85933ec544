import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CrmError } from '@tessera-crm/model/errors.js';

const name = 'tessera.lock';
const attempts = 3;

/**
 * Claims a data folder for this process, because two processes on one PGlite folder destroy it without a word.
 * The claim of a process that died is taken over.
 *
 * @returns How to give it up.
 * @throws {CrmError} `config` while another process holds it.
 */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (claim(file)) return () => unlinkSync(file);
    const holder = holderOf(file);
    if (holder !== null && isAlive(holder)) throw inUse(folder, holder);
    remove(file);
  }
  throw inUse(folder, holderOf(file));
};

const inUse = (folder: string, pid: number | null): CrmError =>
  new CrmError(
    'config',
    `The data folder ${folder} is in use by process ${pid ?? 'unknown'}: stop that first, or use PostgreSQL.`,
    { folder, pid },
  );

/** Creating exclusively is what decides between two that come at once. */
const claim = (file: string): boolean => {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new CrmError('config', `The data folder cannot be written: ${(error as Error).message}`, { file }, error);
  }
};

const holderOf = (file: string): number | null => {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
};

/** Our own number found in the file is a dead process's whose number we got, unless we hold the folder ourselves. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const remove = (file: string): void => {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};
