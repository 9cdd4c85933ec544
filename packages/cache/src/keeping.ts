import type { Standing } from '@tessera-crm/model/protocol/sync/client.js';
import { shownOn, type Kept, type KeptPage, type Position, type Storage, type Turn } from './storage.ts';
import type { KeptMessage, TabMessage } from './tabs.ts';
import type { Truth } from './truth.ts';

export interface KeepingOptions {
  readonly truth: Truth;
  readonly storage: () => Storage;
  /** The storage takes nothing more: from now on there is another one. */
  readonly lost: (cause: unknown) => Promise<unknown>;
  readonly tell: (message: TabMessage) => void;
  /** Aborted when the cache closes: what cannot be kept then is not kept. */
  readonly signal: AbortSignal;
}

/** Milliseconds after which it is kept how far the server was followed. Who knows of less hears it again. */
const patience = 1_000;

/** Rows that are worth being sent to other tabs; more of them they read themselves. */
const mostTold = 200;

/**
 * Writes what is known in memory to the device, one transaction after the other. Who finds that another tab was faster
 * joins what that one kept, and writes what is known then.
 */
export class Keeping {
  readonly #options: KeepingOptions;
  #at: Turn = { generation: 0, turn: 0 };
  #standing: Standing | undefined;
  #follows: readonly string[] = [];
  #pages: readonly KeptPage[] = [];
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the page is away, so that nobody could tell it that everything was deleted. */
  #isAway = false;
  #isClosed = false;

  constructor(options: KeepingOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier visit left. */
  begin(position: Position): void {
    this.#at = position;
    this.#standing = position.standing;
    this.#options.truth.begin(position);
    this.#follows = this.#options.truth.follows;
  }

  /** Which of the caches that follow each other here is written. */
  get generation(): number {
    return this.#at.generation;
  }

  page(page: KeptPage): void {
    this.#pages = [...this.#pages.filter(({ key }) => key !== page.key), page];
    this.soon(true);
  }

  /** @param isMore - Than how far the server was followed. */
  soon(isMore: boolean): void {
    if (this.#isClosed || (this.#timer !== undefined && !isMore)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), isMore ? 0 : patience);
  }

  /** Resolves when everything that is known now is kept, or cannot be. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // what is being written was gathered before
    await this.#inTurn(() => this.#write());
  }

  /** Joins what other tabs kept since. */
  async catchUp(): Promise<void> {
    const { storage, truth } = this.#options;
    try {
      const others = await storage().since(this.#at);
      if (others) truth.join({ ...others.position, rows: others.rows });
      this.#at = others ? others.position : await this.#readAgain();
    } catch {
      // what others kept can be had again
    }
  }

  /** From now on nothing begins where everything was deleted. */
  pause(): void {
    this.#isAway = true;
  }

  /** Nothing was deleted while the page was away. */
  resume(): void {
    this.#isAway = false;
    this.soon(true);
  }

  /** Whether all that was kept here was deleted since. */
  async isDeleted(): Promise<boolean> {
    const { generation, turn } = await this.#options.storage().position();
    return this.#at.turn > 0 && turn === 0 && generation <= this.#at.generation;
  }

  /** Another tab kept something. */
  heard({ at, standing, follows, rows }: KeptMessage): void {
    if (this.#isClosed) return;
    this.#options.truth.follow(follows);
    if (rows) this.#options.truth.join({ standing, rows });
    // what other tabs keep in memory is nowhere to be read
    if (this.#options.storage().kind !== 'indexeddb') return;
    const isNext = at.generation === this.#at.generation && at.turn === this.#at.turn + 1;
    if (rows && isNext && !this.#running) this.#at = at;
    else void this.catchUp();
  }

  /** R9: everything begins anew, unless another tab began it already. */
  beginAnew(): Promise<void> {
    return this.#inTurn(() => this.#leave());
  }

  /** Keeps nothing from now on. */
  leave(): void {
    this.#isClosed = true;
  }

  /** Keeps what is left, unless it was left before, and nothing from then on. */
  async close(): Promise<void> {
    if (!this.#isClosed) await this.now();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    while (this.#running) await this.#running;
    this.#running = work().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** The storage first: whoever reads there meanwhile reads again. */
  async #leave(): Promise<void> {
    const { storage, truth } = this.#options;
    this.#pages = [];
    try {
      this.#at = await storage().beginAnew(this.#at);
      truth.reset();
      this.#at = await this.#readAgain();
    } catch (cause) {
      truth.reset();
      await this.#lost(cause);
    }
  }

  async #write(): Promise<void> {
    const { truth, storage, tell, signal } = this.#options;
    for (let rows = this.#rest(); rows && !this.#isClosed; rows = this.#rest()) {
      const { standing, follows } = truth;
      const pages = this.#pages;
      try {
        const onPages = this.#onPages(pages);
        const mayBegin = (): boolean => !this.#isAway && !this.#isClosed;
        const position = await storage().commit({ at: this.#at, standing, follows, rows, pages, onPages, mayBegin });
        if (!position) {
          if (this.#isAway) return;
          await this.catchUp();
          continue;
        }
        const { generation, turn } = position;
        this.#at = { generation, turn };
      } catch (cause) {
        if (signal.aborted) return;
        await this.#lost(cause);
        continue;
      }
      this.#standing = standing;
      this.#follows = follows;
      this.#pages = this.#pages.filter((page) => !pages.includes(page));
      truth.written(rows);
      tell({ type: 'kept', at: this.#at, standing, follows, rows: rows.length > mostTold ? null : rows });
    }
  }

  #onPages(pages: readonly KeptPage[]): readonly Kept[] {
    const { truth } = this.#options;
    const shown = pages.flatMap((page) => [...shownOn(page)]);
    return shown.flatMap(([module, ids]) => ids.flatMap((id) => truth.kept(module, id) ?? []));
  }

  /** What there is to be written; null when nothing is. */
  #rest(): readonly Kept[] | null {
    const { truth } = this.#options;
    const rows = truth.unwritten();
    const isAsKept = truth.standing === this.#standing && truth.follows === this.#follows;
    return rows.length === 0 && this.#pages.length === 0 && isAsKept ? null : rows;
  }

  /** More was kept than anybody remembers, or elsewhere: all that was read before is compared. */
  async #readAgain(): Promise<Turn> {
    const { storage, truth } = this.#options;
    const position = await storage().position();
    const rows = await Promise.all(truth.modules().map((module) => storage().records(module)));
    truth.join({ ...position, rows: rows.flat() });
    return position;
  }

  async #lost(cause: unknown): Promise<void> {
    await this.#options.lost(cause);
    this.#at = { generation: 0, turn: 0 };
  }
}
