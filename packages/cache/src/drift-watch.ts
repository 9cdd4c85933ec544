import type { CacheStatus } from './cache-status.ts';
import type { Drift, DriftOptions } from './drift.ts';
import type { Observable } from './observable.ts';

export interface DriftWatchOptions extends Omit<DriftOptions, 'drifted'> {
  readonly status: Observable<CacheStatus>;
  /** Milliseconds between two looks; ten minutes unless given. */
  readonly driftEvery?: number | undefined;
  /** Whether this tab looks, for all of them. */
  readonly isLeader: () => boolean;
}

const tenMinutes = 600_000;

/** Has looked now and then whether what is held is what the server has, where somebody looks at it. */
export const watchDrift = (options: DriftWatchOptions): void => {
  const { driftEvery = tenMinutes, status, isLeader, signal } = options;
  const drifted = (count: number): void => status.change({ drifted: status.current.drifted + count });
  let drift: Drift | undefined;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const isSeen = globalThis.document?.visibilityState !== 'hidden';
    if (isLooking || !isSeen || !isLeader() || !status.current.online) return;
    isLooking = true;
    try {
      drift ??= new (await import('./drift.ts')).Drift({ ...options, drifted });
      await drift.look();
    } catch {
      // it is looked at again
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), driftEvery);
  // Node would wait for it
  (timer as { unref?(): void }).unref?.();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
};
