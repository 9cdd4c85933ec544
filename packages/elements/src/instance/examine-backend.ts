import type { CacheStatus } from '@tessera-crm/cache';
import type { Connection } from './connection.ts';
import { examineReach, type Reach } from './examine-reach.ts';
import { examineStorage, type StorageTier } from './examine-storage.ts';
import { finding, type Finding } from './finding.ts';

export interface OfflineDiagnosis {
  readonly isOnline: boolean;
  /** Changes that wait to be sent. */
  readonly pending: number;
  /** Changes that the server refused. */
  readonly rejected: number;
  /** `memory`: nothing survives the end of the page; `localstorage`: only what is unsent or refused. */
  readonly storage: 'indexeddb' | 'localstorage' | 'memory';
  /** What is pinned: `full` where the device has no room for all of it; null without pins. */
  readonly pinned: 'loading' | 'whole' | 'full' | null;
  /** Records that were not as the server had them, though it should have told so; they were fetched anew. */
  readonly drifted: number;
}

export interface BackendExamination extends Reach {
  /** Null without an offline cache. */
  readonly offline: OfflineDiagnosis | null;
  /** Where records are kept on this device; the findings say why it is not a better place. */
  readonly storage: StorageTier;
}

/** Looks how a backend is reached and what is kept of it. Never rejects. */
export const examineBackend = async (connection: Connection): Promise<BackendExamination> => {
  const { context, url, trouble, offline } = connection;
  if (url === undefined) return { ...unasked, offline: null, storage: 'store', findings: [] };
  const status = (await offline.catch(() => null))?.status.current ?? null;
  const [reach, kept] = await Promise.all([
    connection.server().then(
      ({ store }) => examineReach(store.transport, context, trouble),
      ({ message }: Error) => ({ ...unasked, findings: [finding('files-not-loaded', context.name, message)] }),
    ),
    examineStorage(context, status),
  ]);
  return {
    ...reach,
    offline: status && {
      isOnline: status.online,
      pending: status.pending,
      rejected: status.rejected.length,
      storage: status.storage,
      pinned: status.pinned,
      drifted: status.drifted,
    },
    storage: kept.tier,
    findings: [...reach.findings, ...kept.findings, ...driftIn(status, context.name)],
  };
};

const driftIn = (status: Pick<CacheStatus, 'drifted'> | null, name: string): readonly Finding[] =>
  status && status.drifted > 0 ? [finding('records-drifted', name, String(status.drifted))] : [];

const unasked = { isReached: null, milliseconds: null, clockSkew: null } as const;
