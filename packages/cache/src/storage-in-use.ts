import type { WipeOptions } from './delete-cache.ts';
import type { Rejected } from './entry.ts';
import { inMemory, type Emergency } from './emergency.ts';
import type { Opened } from './open-storage.ts';
import { allIn } from './queue.ts';
import type { Queue, Storage } from './storage.ts';

export interface StorageUser {
  /** Aborted when nothing is kept any more. */
  readonly signal: AbortSignal;
  /** What waits, as far as it is known now. */
  readonly queue: () => Queue;
  /** Told in the moment in which another storage is used. @param queue - As that one holds it. */
  readonly replaced: (queue: Queue, cause: unknown) => void;
}

/** Where a cache keeps things: a database, and what takes its place when that fails. */
export class StorageInUse {
  readonly #emergency: Emergency;
  readonly #isShelfUsed: boolean;
  #current: Storage;
  /** Whether something else took the place of the database that this tab would share with others. */
  #isMakeshift: boolean;
  #user: StorageUser | undefined;
  #replacing: Promise<Storage> | undefined;
  /** The database that failed, whose content is still there. */
  #givenUp: Storage | undefined;

  constructor({ storage, isMakeshift, isShelfUsed, emergency }: Omit<Opened, 'position' | 'unsent'>) {
    this.#current = storage;
    this.#isMakeshift = isMakeshift;
    this.#isShelfUsed = isShelfUsed;
    this.#emergency = emergency;
  }

  get current(): Storage {
    return this.#current;
  }

  usedBy(user: StorageUser): void {
    this.#user = user;
  }

  /** Takes from the shelf what earlier visits put there. @returns Whether there was anything. */
  async takeUp(): Promise<boolean> {
    const shelf = this.#isShelfUsed ? await this.#emergency.shelf() : null;
    const found = await shelf?.found();
    if (!shelf || !found?.places.length) return false;
    await this.#current.takeUp(found).catch(async (cause: unknown) => (await this.giveUp(cause)).takeUp(found));
    // what took the place of a database works on the shelf
    if (!this.#isMakeshift) shelf.clear(found.places);
    return true;
  }

  /** What was refused and not settled since. */
  rejected(): Promise<readonly Rejected[]> {
    return this.#current.rejected().catch(async (cause: unknown) => (await this.giveUp(cause)).rejected());
  }

  /** The database fails: from now on there is another storage. Several writes may fail at once, it is left once. */
  async giveUp(cause: unknown): Promise<Storage> {
    // what nobody uses any more keeps nothing either
    if (!this.#user || this.#user.signal.aborted) return inMemory();
    if (this.#current.kind !== 'indexeddb') return this.#current;
    this.#replacing ??= this.#replace(this.#user, cause).finally(() => (this.#replacing = undefined));
    return this.#replacing;
  }

  /** Deletes everything, also what lies where nothing is looked for any more. */
  async wipe(options: WipeOptions = {}): Promise<void> {
    if (!options.keepUnsent) this.#emergency.clear();
    await this.#current.wipe(options);
    await this.#givenUp?.wipe(options).catch(() => {});
  }

  /** Another tab deletes everything: nothing that only this one holds is to come back. */
  async forget(options: WipeOptions): Promise<void> {
    if (this.#current.kind !== 'indexeddb') await this.#current.wipe(options);
  }

  close(): void {
    this.#current.close();
  }

  async #replace({ queue, replaced }: StorageUser, cause: unknown): Promise<Storage> {
    const other = await this.#emergency.instead();
    let [known, taken] = [queue(), await other.outbox()];
    do {
      known = queue();
      await other.takeUp({ entries: allIn(known), rejected: [] });
      taken = await other.outbox();
    } while (known !== queue());
    this.#givenUp = this.#current;
    this.#current = other;
    this.#isMakeshift = true;
    replaced(taken, cause);
    this.#givenUp.close();
    return other;
  }
}
