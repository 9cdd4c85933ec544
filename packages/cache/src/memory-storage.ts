import { beginning } from '@tessera-crm/model/protocol/sync/client.js';
import { breathing } from './breathe.ts';
import { newClientName } from './client-name.ts';
import type { WipeOptions } from './delete-cache.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { newcomers } from './newcomers.ts';
import { isEmpty, withoutUnread } from './queue.ts';
import type {
  Commit,
  Kept,
  Left,
  Others,
  Position,
  Queue,
  Settling,
  Storage,
  StorageKind,
  StoredPage,
  Turn,
  Unsent,
} from './storage.ts';

/** Where the browser keeps nothing: the same behaviour until the page closes. */
export class MemoryStorage implements Storage {
  readonly #entries = new Map<number, Entry>();
  readonly #rejected = new Map<number, Rejected>();
  readonly #pages = new Map<string, StoredPage>();
  readonly #breathe = breathing();
  #position: Position = { generation: 0, turn: 0, standing: beginning, modules: [], follows: [] };
  readonly #origin = newClientName();
  #client = this.#origin;
  /** The `mid` that was given last under that name. */
  #last = 0;
  /** The `n` that was given last. */
  #end = 0;

  get kind(): StorageKind {
    return 'memory';
  }

  async position(): Promise<Position> {
    return this.#position;
  }

  /** Nobody else keeps anything here. */
  async since(at: Turn): Promise<Others | null> {
    return this.#isNow(at) ? { position: this.#position, rows: [] } : null;
  }

  async commit({ at, standing, follows, rows, pages }: Commit): Promise<Position | null> {
    const { generation, turn, modules } = this.#position;
    if (turn !== 0 && !this.#isNow(at)) return null;
    const all = new Set([...modules, ...rows.map(({ module }) => module)]);
    const followed = [...new Set([...this.#position.follows, ...follows])];
    this.#position = { generation, turn: turn + 1, standing, modules: [...all], follows: followed };
    for (const { key, page } of pages) this.#pages.set(key, page);
    return this.#position;
  }

  /** None beyond those that the cache holds in memory anyway. */
  async records(): Promise<readonly Kept[]> {
    return [];
  }

  async some(): Promise<readonly Kept[]> {
    return [];
  }

  async page(key: string): Promise<StoredPage | undefined> {
    return this.#pages.get(key);
  }

  async beginAnew({ generation }: Turn): Promise<Position> {
    if (generation === this.#position.generation) this.#forget();
    return this.#position;
  }

  async unsent(): Promise<Unsent> {
    return { queue: await this.outbox(), rejected: await this.rejected() };
  }

  async outbox(): Promise<Queue> {
    const entries = [...this.#entries.values()];
    return { origin: this.#origin, client: this.#client, last: this.#last, ...withoutUnread(entries) };
  }

  async enqueue({ key, at, changes, patches }: Draft): Promise<Entry> {
    const before = [...this.#entries.values()].find((entry) => entry.key === key);
    if (before) return before;
    const entry = { key, at, changes, patches, n: ++this.#end, client: this.#client, mid: ++this.#last };
    this.#entries.set(entry.n, entry);
    // a database gives the page its turn by itself
    await this.#breathe();
    return entry;
  }

  async takeUp(left: Left): Promise<void> {
    const here = { entries: [...this.#entries.values()], rejected: [...this.#rejected.values()] };
    const { entries, rejected, refused } = newcomers(left, here);
    for (const n of refused) this.#entries.delete(n);
    for (const one of rejected) if (one.unread === undefined) this.#rejected.set(++this.#end, { ...one, n: this.#end });
    for (const one of entries) this.#entries.set(++this.#end, { ...one, n: this.#end });
  }

  async settle(client: string, settling: Settling): Promise<void> {
    if (client !== this.#client) return;
    const { carriedOut = new Map(), through = [], refused = new Map(), emptied = new Map() } = settling;
    for (const [n, touched] of carriedOut) this.#change(n, (entry) => this.#entries.set(n, { ...entry, touched }));
    for (const [n, rejected] of refused)
      this.#change(n, () => {
        this.#entries.delete(n);
        this.#rejected.set(n, { ...rejected, n });
      });
    for (const [n, rejected] of emptied)
      this.#change(n, (entry) => {
        this.#entries.set(n, { ...entry, changes: [], patches: [] });
        this.#rejected.set(n, { ...rejected, n });
      });
    for (const n of through) this.#entries.delete(n);
  }

  async renameClient(client: string): Promise<void> {
    const name = newClientName();
    let mid = 0;
    for (const [n, entry] of this.#entries) {
      if (entry.client !== client) continue;
      if (entry.touched || isEmpty(entry)) this.#entries.delete(n);
      else this.#entries.set(n, { ...entry, client: name, mid: ++mid });
    }
    if (client === this.#client) [this.#client, this.#last] = [name, mid];
  }

  async rejected(): Promise<readonly Rejected[]> {
    return [...this.#rejected.values()].toSorted((a, b) => a.n - b.n);
  }

  async discard(n: number): Promise<void> {
    this.#rejected.delete(n);
  }

  async room(): Promise<number> {
    return Infinity;
  }

  async wipe(_options?: WipeOptions): Promise<void> {
    this.#forget();
    for (const kept of [this.#entries, this.#rejected]) kept.clear();
  }

  close(): void {}

  #isNow({ generation, turn }: Turn): boolean {
    return generation === this.#position.generation && turn === this.#position.turn;
  }

  #forget(): void {
    const generation = this.#position.generation + 1;
    this.#position = { generation, turn: 0, standing: beginning, modules: [], follows: [] };
    this.#pages.clear();
  }

  #change(n: number, change: (entry: Entry) => void): void {
    const entry = this.#entries.get(n);
    // one that was given up before has nothing more to lose
    if (entry && !isEmpty(entry)) change(entry);
  }
}
