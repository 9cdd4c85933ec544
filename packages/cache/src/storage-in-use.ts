import type { WipeOptions } from './delete-cache.ts';
import type { Rejected } from './entry.ts';
import type { Emergency } from './emergency.ts';
import type { Opened } from './open-storage.ts';
import { allIn } from './queue.ts';
import type { Queue, Storage } from './storage.ts';

export interface StorageUser {
  /** Aborted when nothing is kept any more. */
  readonly signal: AbortSignal;
  /** What waits, as far as it is known now. */
  readonly queue: () => Queue;
  /** Told when something of earlier visits came in. */
  readonly tookUp: () => Promise<void>;
  /** Told in the moment in which another storage is used. @param queue - As that one holds it. */
  readonly replaced: (queue: Queue, cause: unknown) => void;
}

/** Where a cache keeps things: a database, and what takes its place when that fails. */
export class StorageInUse {
  readonly #emergency: Emergency;
  #current: Storage;
  /** Whether something else took the place of the database that this tab would share with others. */
  #isMakeshift: boolean;
  #user: StorageUser | undefined;
  #whole: Promise<void> | undefined;
  #replacing: Promise<Storage> | undefined;
  /** The database that failed, whose content is still there. */
  #givenUp: Storage | undefined;

  constructor({ storage, isMakeshift, emergency }: Pick<Opened, 'storage' | 'isMakeshift' | 'emergency'>) {
    this.#current = storage;
    this.#isMakeshift = isMakeshift;
    this.#emergency = emergency;
  }

  get current(): Storage {
    return this.#current;
  }

  usedBy(user: StorageUser): void {
    this.#user = user;
  }

  /** Whether something else has the place of the database. */
  get isMakeshift(): boolean {
    return this.#isMakeshift;
  }

  /** Takes from the shelf what earlier visits put there, the first time that somebody asks. */
  whole(): Promise<void> {
    this.#whole ??= this.#takeUp().catch((cause: unknown) => {
      this.#whole = undefined;
      throw cause;
    });
    return this.#whole;
  }

  /** What was refused and not settled since. */
  rejected(): Promise<readonly Rejected[]> {
    return this.#current.rejected().catch(async (cause: unknown) => (await this.giveUp(cause)).rejected());
  }

  /** The database fails: from now on there is another storage. Several writes may fail at once, it is left once. */
  async giveUp(cause: unknown): Promise<Storage> {
    // what nobody uses any more keeps nothing either
    if (!this.#user || this.#user.signal.aborted) return new (await import('./memory-storage.ts')).MemoryStorage();
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

  async #takeUp(): Promise<void> {
    const shelf = await this.#emergency.usedShelf();
    const found = await shelf?.found();
    if (!shelf || !found?.places.length) return;
    await this.#current.takeUp(found).catch(async (cause: unknown) => (await this.giveUp(cause)).takeUp(found));
    // what took the place of a database works on the shelf
    if (!this.#isMakeshift) shelf.clear(found.places);
    await this.#user?.tookUp();
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
