import { CrmError, isCrmError } from '@tessera-crm/model/errors.js';
import type { Observer } from '@tessera-crm/model/store.js';
import type { ChangeFeed } from './feed.ts';

export interface Watched<T> {
  readonly tenant: string;
  readonly read: () => Promise<T>;
  readonly observer: Observer<T>;
}

const toError = (error: unknown): CrmError =>
  isCrmError(error) ? error : new CrmError('internal', 'What is watched could not be read.', {}, error);

/**
 * Reads again whenever something of the tenant was committed, and tells what is new. Readings never overlap: changes
 * that come during one cause another after it.
 *
 * @returns How to stop.
 */
export const watching = <T>({ tenant, read, observer }: Watched<T>, feed: ChangeFeed): (() => void) => {
  let last: string | undefined;
  let stopped = false;
  let reading = false;
  let again = false;
  const look = async (): Promise<void> => {
    if (reading) return void (again = true);
    reading = true;
    do {
      again = false;
      try {
        const value = await read();
        const text = JSON.stringify(value);
        if (!stopped && text !== last) observer.next(value);
        last = text;
      } catch (error) {
        if (!stopped) observer.error?.(toError(error));
      }
    } while (again && !stopped);
    reading = false;
  };
  const stop = feed.subscribe(tenant, () => void look());
  void look();
  return () => {
    stopped = true;
    stop();
  };
};
