import type { WipeOptions } from './delete-cache.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { LocalShelf } from './local-shelf.ts';
import { MemoryStorage } from './memory-storage.ts';
import { allIn } from './queue.ts';
import { sealWith, unsealed } from './sealing.ts';
import type { Texts } from './shelf-places.ts';
import type { Left, Settling, StorageKind } from './storage.ts';

export const openShelf = async (name: string, texts: Texts, key?: CryptoKey): Promise<LocalShelf> =>
  new LocalShelf(name, texts, key ? await sealWith(key) : unsealed);

/**
 * Where the database keeps nothing: everything is in memory, and what is unsent or refused also on a shelf from which
 * the next visit takes it. Once something does not fit, what comes after it is not put there either: numbers have no holes.
 */
export class EmergencyStorage extends MemoryStorage {
  readonly #shelf: LocalShelf;
  /** What lies on the shelf, by its place. */
  readonly #written = new Map<string, Entry | Rejected>();
  #writing: Promise<void> = Promise.resolve();
  #isWhole: boolean;
  #isWiped = false;

  constructor(shelf: LocalShelf) {
    super();
    this.#shelf = shelf;
    this.#isWhole = shelf.isTaking();
  }

  /** `memory` where the shelf did not take everything. */
  override get kind(): StorageKind {
    return this.#isWhole ? 'localstorage' : 'memory';
  }

  override async enqueue(draft: Draft): Promise<Entry> {
    const entry = await super.enqueue(draft);
    await this.#write();
    return entry;
  }

  override async takeUp(left: Left): Promise<void> {
    await super.takeUp(left);
    await this.#write();
  }

  override async settle(client: string, settling: Settling): Promise<void> {
    await super.settle(client, settling);
    await this.#write();
  }

  override async renameClient(client: string): Promise<void> {
    await super.renameClient(client);
    await this.#write();
  }

  override async discard(n: number): Promise<void> {
    await super.discard(n);
    await this.#write();
  }

  override async wipe({ keepUnsent = false }: WipeOptions = {}): Promise<void> {
    this.#isWiped = true;
    await super.wipe();
    if (!keepUnsent) this.#shelf.clear();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeAll()).catch(() => void (this.#isWhole = false));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    const wanted = await this.#wanted();
    const gone = [...this.#written.keys()].filter((place) => !wanted.has(place));
    this.#isWhole = await this.#writeNew(wanted);
    this.#shelf.clear(gone);
    for (const place of gone) this.#written.delete(place);
    // there may be room now
    if (!this.#isWhole && gone.length > 0) this.#isWhole = await this.#writeNew(wanted);
  }

  /** What was refused first: an entry that is given up for it must not leave before. */
  async #wanted(): Promise<ReadonlyMap<string, Entry | Rejected>> {
    const entries = allIn(await this.outbox());
    const rejected = await this.rejected();
    return new Map<string, Entry | Rejected>([
      ...rejected.map((one) => [this.#shelf.refused(one), one] as const),
      ...entries.map((one) => [this.#shelf.unsent(one), one] as const),
    ]);
  }

  /** @returns Whether all of it is there. */
  async #writeNew(wanted: ReadonlyMap<string, Entry | Rejected>): Promise<boolean> {
    for (const [place, one] of wanted) {
      if (this.#written.get(place)?.changes === one.changes) continue;
      const text = await this.#shelf.sealed(one);
      if (this.#isWiped || !this.#shelf.write(place, text)) return false;
      this.#written.set(place, one);
    }
    return true;
  }
}
