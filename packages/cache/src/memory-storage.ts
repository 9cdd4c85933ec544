import { beginning } from '@tessera-crm/model/protocol/sync/client.js';
import { newClientName } from './client-name.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import type { Commit, Kept, Others, Position, Queue, Settling, Storage, StoredPage, Turn } from './storage.ts';

/** Where the browser keeps nothing: the same behaviour until the page closes. */
export class MemoryStorage implements Storage {
  readonly kind = 'memory';
  readonly #entries = new Map<number, Entry>();
  readonly #rejected = new Map<number, Rejected>();
  readonly #pages = new Map<string, StoredPage>();
  #position: Position = { generation: 0, turn: 0, standing: beginning, modules: [], follows: [] };
  #client: string;
  /** The `n` that was given last, and what it is more than its `mid`. */
  #last: number;
  #offset: number;
  /** Whether the client's name is that of a database which other tabs may still use, and count on. */
  #isInherited: boolean;
  /** What came since then: it gets numbers of its own when the others are through. */
  #behind: readonly Entry[] = [];

  /** @param queue - What could not be kept elsewhere any more. */
  constructor(queue?: Queue) {
    const { client, last, entries, behind = [] } = queue ?? { client: newClientName(), last: 0, entries: [] };
    this.#client = client;
    this.#offset = entries.length > 0 ? entries[0]!.n - entries[0]!.mid : 0;
    this.#last = Math.max(this.#offset + last, ...behind.map(({ n }) => n));
    for (const entry of entries) this.#entries.set(entry.n, entry);
    this.#behind = behind;
    this.#isInherited = queue !== undefined;
    this.#goOn();
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

  async outbox(): Promise<Queue> {
    const last = this.#isInherited
      ? Math.max(0, ...[...this.#entries.values()].map(({ mid }) => mid))
      : this.#last - this.#offset;
    return {
      client: this.#client,
      last,
      entries: [...this.#entries.values()],
      ...(this.#behind.length > 0 && { behind: this.#behind }),
    };
  }

  async enqueue({ key, at, changes, patches }: Draft): Promise<Entry> {
    const before = [...this.#entries.values(), ...this.#behind].find((entry) => entry.key === key);
    if (before) return before;
    const n = ++this.#last;
    const entry = { key, at, changes, patches, n, mid: n - this.#offset };
    if (this.#isInherited) this.#behind = [...this.#behind, entry];
    else this.#entries.set(n, entry);
    return entry;
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
    this.#goOn();
  }

  async renameClient(client: string): Promise<void> {
    if (client !== this.#client) return;
    const waiting = [...this.#entries.values()].filter(({ touched, changes }) => !touched && changes.length > 0);
    this.#countAnew([...waiting, ...this.#behind]);
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

  async wipe(): Promise<void> {
    this.#forget();
    for (const kept of [this.#entries, this.#rejected]) kept.clear();
  }

  close(): void {}

  #isNow({ generation, turn }: Turn): boolean {
    return generation === this.#position.generation && turn === this.#position.turn;
  }

  /** Nothing waits under a name that others use: from now on there is one of its own. */
  #goOn(): void {
    if (this.#isInherited && this.#entries.size === 0) this.#countAnew(this.#behind);
  }

  #countAnew(waiting: readonly Entry[]): void {
    this.#client = newClientName();
    this.#isInherited = false;
    this.#behind = [];
    this.#offset = this.#last;
    this.#entries.clear();
    for (const entry of waiting) {
      const n = ++this.#last;
      this.#entries.set(n, { ...entry, n, mid: n - this.#offset });
    }
  }

  #forget(): void {
    const generation = this.#position.generation + 1;
    this.#position = { generation, turn: 0, standing: beginning, modules: [], follows: [] };
    this.#pages.clear();
  }

  #change(n: number, change: (entry: Entry) => void): void {
    const entry = this.#entries.get(n);
    // one that was given up before has nothing more to lose
    if (entry && entry.changes.length > 0) change(entry);
  }
}
