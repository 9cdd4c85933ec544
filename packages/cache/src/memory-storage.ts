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
  #position: Position = { generation: 0, turn: 0, standing: beginning, modules: [] };
  #client: string;
  /** The `n` that was given last, and what it is more than its `mid`. */
  #last: number;
  #offset: number;

  /** @param queue - What could not be kept elsewhere any more. */
  constructor(queue: Queue = { client: newClientName(), last: 0, entries: [] }) {
    const { client, last, entries } = queue;
    this.#client = client;
    this.#offset = entries.length > 0 ? entries[0]!.n - entries[0]!.mid : 0;
    this.#last = this.#offset + last;
    for (const entry of entries) this.#entries.set(entry.n, entry);
  }

  async position(): Promise<Position> {
    return this.#position;
  }

  /** Nobody else keeps anything here. */
  async since(at: Turn): Promise<Others | null> {
    return this.#isNow(at) ? { position: this.#position, rows: [] } : null;
  }

  async commit({ at, standing, rows, pages }: Commit): Promise<Position | null> {
    const { generation, turn, modules } = this.#position;
    if (turn !== 0 && !this.#isNow(at)) return null;
    const all = new Set([...modules, ...rows.map(({ module }) => module)]);
    this.#position = { generation, turn: turn + 1, standing, modules: [...all] };
    for (const { key, page } of pages) this.#pages.set(key, page);
    return this.#position;
  }

  /** None beyond those that the cache holds in memory anyway. */
  async records(): Promise<readonly Kept[]> {
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
    return { client: this.#client, last: this.#last - this.#offset, entries: [...this.#entries.values()] };
  }

  async enqueue({ key, at, changes, patches }: Draft): Promise<Entry> {
    const before = [...this.#entries.values()].find((entry) => entry.key === key);
    if (before) return before;
    const n = ++this.#last;
    const entry = { key, at, changes, patches, n, mid: n - this.#offset };
    this.#entries.set(n, entry);
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
  }

  async renameClient(client: string): Promise<void> {
    if (client !== this.#client) return;
    const waiting = [...this.#entries.values()].filter(({ touched, changes }) => !touched && changes.length > 0);
    this.#client = newClientName();
    this.#offset = this.#last;
    this.#entries.clear();
    for (const entry of waiting) {
      const n = ++this.#last;
      this.#entries.set(n, { ...entry, n, mid: n - this.#offset });
    }
  }

  async rejected(): Promise<readonly Rejected[]> {
    return [...this.#rejected.values()].toSorted((a, b) => a.n - b.n);
  }

  async discard(n: number): Promise<void> {
    this.#rejected.delete(n);
  }

  async wipe(): Promise<void> {
    this.#forget();
    for (const kept of [this.#entries, this.#rejected]) kept.clear();
  }

  close(): void {}

  #isNow({ generation, turn }: Turn): boolean {
    return generation === this.#position.generation && turn === this.#position.turn;
  }

  #forget(): void {
    this.#position = { generation: this.#position.generation + 1, turn: 0, standing: beginning, modules: [] };
    this.#pages.clear();
  }

  #change(n: number, change: (entry: Entry) => void): void {
    const entry = this.#entries.get(n);
    // one that was given up before has nothing more to lose
    if (entry && entry.changes.length > 0) change(entry);
  }
}
