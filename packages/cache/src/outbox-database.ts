import { plainJson } from '@tessera-crm/model/plain-json.js';
import { Dexie, type DexieOptions, type Table } from 'dexie';
import { newClientName } from './client-name.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { EntryFormat, type EntryContent } from './entry-format.ts';
import type { Sealed, Sealing } from './sealing.ts';
import type { Queue, Settling } from './storage.ts';

/** The parts of IndexedDB, where they are not those of the page. */
export type IndexedDb = Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>;

export interface OutboxDatabaseOptions {
  /** Of the cache: there is one outbox for all its epochs. */
  readonly name: string;
  readonly epoch: number;
  readonly indexedDb: IndexedDb;
  readonly sealing: Sealing;
  /** Another version's only to stand for it. */
  readonly format?: EntryFormat;
}

interface Row {
  readonly n: number;
  /** Random, the entry's own: it seals what is beside it to this row. */
  readonly key: string;
  /** JSON. */
  readonly text: Sealed;
}

interface EntryRow extends Row {
  /** JSON; there from when the server has carried it out. */
  readonly touched?: Sealed;
  /** Given up: only its number is still to be passed over. */
  readonly isEmptied?: boolean;
}

/** Under which name this device counts its mutations, and how far. `n` only grows; `mid` is what is beyond the offset. */
interface Client {
  readonly client: string;
  readonly offset: number;
  /** The `n` that was given last. */
  readonly last: number;
}

/** Which generation of an epoch is used, and the client. */
type FactRow =
  { readonly key: `generation-${number}`; readonly value: number } | { readonly key: 'client'; readonly value: Client };

/** What becomes of one row: it leaves unless something of it changes. */
interface Settled {
  readonly changed?: Partial<EntryRow>;
  readonly rejected?: Row;
}

/** Work that must not be lost, written strictly. Small, and never deleted while it holds any. */
export class OutboxDatabase {
  readonly #generationKey: `generation-${number}`;
  readonly #sealing: Sealing;
  readonly #format: EntryFormat;
  readonly #database: Dexie;
  readonly #entries: Table<EntryRow, number>;
  readonly #rejected: Table<Row, number>;
  readonly #facts: Table<FactRow, FactRow['key']>;

  constructor({ name, epoch, indexedDb, sealing, format = new EntryFormat() }: OutboxDatabaseOptions) {
    const database = new Dexie(`${name}/outbox`, { ...indexedDb, chromeTransactionDurability: 'strict' });
    database.version(1).stores({ entries: 'n, key', rejected: 'n', facts: 'key' });
    this.#generationKey = `generation-${epoch}`;
    this.#sealing = sealing;
    this.#format = format;
    this.#database = database;
    this.#entries = database.table('entries');
    this.#rejected = database.table('rejected');
    this.#facts = database.table('facts');
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async queue(): Promise<Queue> {
    const { known, rows } = await this.#database.transaction('r', this.#entries, this.#facts, async () => ({
      known: await this.#known(),
      rows: await this.#entries.toArray(),
    }));
    if (!known) {
      await this.#write(() => this.#client());
      return this.queue();
    }
    const { client, offset, last } = known;
    const all = await Promise.all(rows.map((row) => this.#entryOf(row, known)));
    return { client, last: last - offset, ...withoutUnread(all) };
  }

  /** Numbers have no holes: one is given in the transaction that keeps what it is for. */
  async enqueue({ key, at, changes, patches }: Draft): Promise<Entry> {
    const text = await this.#sealing.seal(this.#format.write({ at, changes, patches }), key);
    const { n, offset } = await this.#write(async () => {
      const client = await this.#client();
      // whoever asks again after a failure was not heard the first time, or was
      const before = await this.#entries.where('key').equals(key).first();
      if (before) return { n: before.n, offset: client.offset };
      const last = client.last + 1;
      await this.#entries.add({ n: last, key, text });
      await this.#facts.put({ key: 'client', value: { ...client, last } });
      return { n: last, offset: client.offset };
    });
    return { key, at, changes, patches, n, mid: n - offset };
  }

  /** What another tab settled already stays as it is. */
  async settle(client: string, settling: Settling): Promise<void> {
    const all = await this.#settled(client, settling);
    await this.#write(async () => {
      if ((await this.#known())?.client !== client) return;
      for (const [n, { changed, rejected }] of all) {
        const row = await this.#entries.get(n);
        if (!row || (rejected && (row.isEmptied || row.key !== rejected.key))) continue;
        if (changed) await this.#entries.put({ ...row, ...changed });
        else await this.#entries.delete(n);
        if (rejected) await this.#rejected.put(rejected);
      }
    });
  }

  /** Another name, under which what waits is counted from 1. */
  async renameClient(client: string): Promise<void> {
    await this.#write(async () => {
      const known = await this.#known();
      if (known?.client !== client) return;
      const rows = await this.#entries.toArray();
      const waiting = rows.filter(({ touched, isEmptied }) => touched === undefined && !isEmptied);
      const offset = known.last;
      await this.#entries.clear();
      await this.#entries.bulkAdd(waiting.map((row, place) => ({ ...row, n: offset + place + 1 })));
      const value = { client: newClientName(), offset, last: offset + waiting.length };
      await this.#facts.put({ key: 'client', value });
    });
  }

  async rejected(): Promise<readonly Rejected[]> {
    const rows = await this.#rejected.toArray();
    const all = await Promise.all(rows.map(async (row) => ({ ...(await this.#opened<Rejected>(row)), n: row.n })));
    return all.filter(({ isUnread }) => !isUnread);
  }

  async discard(n: number): Promise<void> {
    await this.#rejected.delete(n);
  }

  /** Which generation of the cache is used in this epoch; 1 in the beginning. */
  async generation(): Promise<number> {
    const fact = await this.#facts.get(this.#generationKey);
    return typeof fact?.value === 'number' ? fact.value : 1;
  }

  /** From now on the generation after this one is used, in all tabs. Does nothing when another tab said so already. */
  async leaveGeneration(number: number): Promise<void> {
    await this.#database.transaction('rw', this.#facts, async () => {
      if ((await this.generation()) === number) await this.#facts.put({ key: this.#generationKey, value: number + 1 });
    });
  }

  /** Forgets what is through, which needs no key. @returns Whether anything is left that no server took. */
  leaveUnsent(): Promise<boolean> {
    return this.#write(async () => {
      const rows = await this.#entries.toArray();
      await this.#entries.bulkDelete(rows.flatMap(({ n, touched }) => (touched === undefined ? [] : [n])));
      const isWaiting = rows.some(({ touched, isEmptied }) => touched === undefined && !isEmptied);
      return isWaiting || (await this.#rejected.count()) > 0;
    });
  }

  close(): void {
    this.#database.close();
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.transaction('rw', this.#entries, this.#rejected, this.#facts, work);
  }

  async #known(): Promise<Client | undefined> {
    const fact = await this.#facts.get('client');
    return fact?.key === 'client' ? fact.value : undefined;
  }

  /** Known from the first time on that somebody asks. */
  async #client(): Promise<Client> {
    const known = await this.#known();
    if (known) return known;
    const value = { client: newClientName(), offset: 0, last: 0 };
    await this.#facts.put({ key: 'client', value });
    return value;
  }

  async #settled(client: string, settling: Settling): Promise<ReadonlyMap<number, Settled>> {
    const { carriedOut = new Map(), through = [], refused = new Map(), emptied = new Map() } = settling;
    const all = new Map<number, Settled>();
    for (const [n, touched] of carriedOut)
      all.set(n, { changed: { touched: await this.#sealing.seal(plainJson(touched), placeOf(client, n)) } });
    for (const [n, rejected] of refused) all.set(n, { rejected: await this.#sealedRejected(n, rejected) });
    for (const [n, rejected] of emptied) {
      const nothing = this.#format.write({ at: rejected.at, changes: [], patches: [] });
      const changed = { text: await this.#sealing.seal(nothing, rejected.key), isEmptied: true };
      all.set(n, { changed, rejected: await this.#sealedRejected(n, rejected) });
    }
    for (const n of through) all.set(n, {});
    return all;
  }

  async #sealedRejected(n: number, { key, at, changes, patches, error }: Rejected): Promise<Row> {
    return { n, key, text: await this.#sealing.seal(this.#format.write({ at, changes, patches, error }), key) };
  }

  async #entryOf(row: EntryRow, { client, offset }: Client): Promise<Entry> {
    const entry = { ...(await this.#opened<Draft>(row)), n: row.n, mid: row.n - offset };
    if (row.touched === undefined) return entry;
    const touched = await this.#sealing.open(row.touched, placeOf(client, row.n));
    return { ...entry, touched: JSON.parse(touched) as NonNullable<Entry['touched']> };
  }

  async #opened<T extends Draft>({ key, text }: Row): Promise<T & Pick<EntryContent, 'isUnread'>> {
    return { ...(this.#format.read(await this.#sealing.open(text, key)) as T), key };
  }
}

/** R18: what cannot be read is not sent, and nothing that comes after it. */
const withoutUnread = (all: readonly Entry[]): Pick<Queue, 'entries' | 'later'> => {
  const first = all.findIndex(({ isUnread, touched }) => isUnread && !touched);
  return first < 0 ? { entries: all } : { entries: all.slice(0, first), later: all.slice(first) };
};

const placeOf = (client: string, n: number): string => `${client}|${n}`;
