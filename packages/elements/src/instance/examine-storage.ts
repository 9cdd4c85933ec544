import type { CacheStatus } from '@tessera-crm/cache';
import type { CrmError } from '@tessera-crm/model/errors.js';
import type { ConnectionContext } from './connection.ts';
import { finding, type Finding } from './finding.ts';

/**
 * `indexeddb` outlives the page · of `localstorage` only what is unsent or refused does · `memory` does not · `none`
 * keeps nothing · `unused` nobody has asked for records yet · `store` is the page's own business.
 */
export type StorageTier = 'indexeddb' | 'localstorage' | 'memory' | 'none' | 'unused' | 'store';

interface Kept {
  readonly tier: StorageTier;
  readonly findings: readonly Finding[];
}

/** The share of what this site may keep from which on it counts as full. */
const fullShare = 0.95;

/** @param status - Of the cache: where it keeps things, and why no longer where it did; null when there is none, or none yet. */
export const examineStorage = async (
  { name, cache, identity }: ConnectionContext,
  status: Pick<CacheStatus, 'storage' | 'trouble'> | null,
): Promise<Kept> => {
  const opened = status?.storage ?? null;
  const mode = cache?.mode ?? 'auto';
  if (mode === 'off') return { tier: 'none', findings: [finding('storage-off', name)] };
  if (mode === 'memory') return { tier: opened ?? 'unused', findings: [finding('storage-in-memory', name)] };
  if (identity === undefined) return { tier: 'none', findings: [finding('storage-without-identity', name)] };
  if (opened === 'indexeddb') return { tier: opened, findings: await fullness(name) };
  const trouble = status?.trouble;
  if (trouble) return { tier: opened ?? 'none', findings: [troubleOf(name, trouble)] };
  const refusal = await refusalOf(name);
  if (opened === null) return { tier: 'unused', findings: refusal ? [refusal] : [] };
  return { tier: opened, findings: [refusal ?? finding('storage-failed', name)] };
};

const troubleOf = (name: string, { code }: CrmError): Finding =>
  code === 'quota-exceeded' ? finding('storage-full', name, code) : finding('storage-failed', name);

const fullness = async (name: string): Promise<readonly Finding[]> => {
  const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate().catch(() => null)) ?? {};
  if (usage < quota * fullShare) return [];
  return [finding('storage-full', name, `${megabytes(usage)} of ${megabytes(quota)}`)];
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/** Why the browser keeps nothing, found out by opening a database and deleting it again. */
const refusalOf = async (name: string): Promise<Finding | null> => {
  if (globalThis.origin === 'null') return finding('storage-sandboxed', name);
  try {
    await openAndDelete('tessera/examination');
    return null;
  } catch (error) {
    const why = (error as Error | null)?.name ?? 'no answer';
    return finding(why === 'QuotaExceededError' ? 'storage-full' : 'storage-refused', name, why);
  }
};

const openAndDelete = (database: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException('No answer', 'TimeoutError')), 3_000);
    const request = indexedDB.open(database);
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('refused'));
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      request.result.close();
      const deleting = indexedDB.deleteDatabase(database);
      deleting.onsuccess = deleting.onerror = () => resolve();
    };
  });
