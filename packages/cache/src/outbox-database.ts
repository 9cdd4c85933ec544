import { plainJson } from '@tessera-crm/model/plain-json.js';
import { newClientName } from './client-name.ts';
import { Database, type IndexedDb, type Transaction } from './database.ts';
import type { Draft, Entry, Rejected } from './entry.ts';
import { EntryFormat, type EntryContent } from './entry-format.ts';
import { newcomers } from './newcomers.ts';
import { isEmpty, withoutUnread } from './queue.ts';
import type { Sealed, Sealing } from './sealing.ts';
import type { Left, Queue, Settling, Unsent } from './storage.ts';
import type { Table } from './table.ts';

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
  /** The name under which it is counted. */
  readonly client: string;
  readonly mid: number;
  /** JSON; there from when the server has carried it out. */
  readonly touched?: Sealed;
  /** Given up: only its number is still to be passed over. */
  readonly isEmptied?: boolean;
}

/** Under which name this device counts its mutations, and how far. */
interface Client {
  /** The first one that it had. */
  readonly origin: string;
  readonly client: string;
  /** The `n` that was given last: it only grows. */
  readonly last: number;
  /** How far it is beyond the `mid` that was given last. */
  readonly offset: number;
}

/** Which generation of an epoch is used, and the client. */
type FactRow =
  { readonly key: `generation-${number}`; readonly value: number } | { readonly key: 'client'; readonly value: Client };

/** What becomes of one row: it leaves unless something of it changes. */
interface Settled {
  readonly changed?: Partial<EntryRow>;
  readonly rejected?: Row;
}

const stores = {
  entries: { keyPath: 'n', indexes: { key: 'key' } },
  rejected: { keyPath: 'n' },
  facts: { keyPath: 'key' },
} as const;

type Store = keyof typeof stores;

/** The tables of an outbox within one transaction. */
class OutboxTables {
  readonly #transaction: Transaction<Store>;

  constructor(transaction: Transaction<Store>) {
    this.#transaction = transaction;
  }

  get entries(): Table<EntryRow, number> {
    return this.#transaction.table('entries');
  }

  get rejected(): Table<Row, number> {
    return this.#transaction.table('rejected');
  }

  get facts(): Table<FactRow, FactRow['key']> {
    return this.#transaction.table('facts');
  }

  async known(): Promise<Client | undefined> {
    const fact = await this.facts.get('client');
    return fact?.key === 'client' ? fact.value : undefined;
  }

  /** Known from the first time on that somebody asks. */
  async client(): Promise<Client> {
    const known = await this.known();
    if (known) return known;
    const origin = newClientName();
    const value = { origin, client: origin, offset: 0, last: 0 };
    await this.facts.put({ key: 'client', value });
    return value;
  }
}

/** Work that must not be lost, written strictly. Small, and never deleted while it holds any. */
export class OutboxDatabase {
  readonly #generationKey: `generation-${number}`;
  readonly #sealing: Sealing;
  readonly #format: EntryFormat;
  readonly #database: Database<Store, OutboxTables>;

  constructor({ name, epoch, indexedDb, sealing, format = new EntryFormat() }: OutboxDatabaseOptions) {
    this.#generationKey = `generation-${epoch}`;
    this.#sealing = sealing;
    this.#format = format;
    const tables = (transaction: Transaction<Store>): OutboxTables => new OutboxTables(transaction);
    this.#database = new Database({ name: `${name}/outbox`, stores, tables, indexedDb, durability: 'strict' });
  }

  async open(): Promise<void> {
    await this.#database.open();
  }

  async unsent(): Promise<Unsent> {
    const { known, entries, rejected } = await this.#database.read(
      ['entries', 'rejected', 'facts'],
      async (tables) => ({
        known: await tables.known(),
        entries: await tables.entries.all(),
        rejected: await tables.rejected.all(),
      }),
    );
    const [queue, refused] = await Promise.all([this.#queueOf(known, entries), this.#rejectedOf(rejected)]);
    return { queue, rejected: refused };
  }

  async queue(): Promise<Queue> {
    const { known, entries } = await this.#database.read(['entries', 'facts'], async (tables) => ({
      known: await tables.known(),
      entries: await tables.entries.all(),
    }));
    return this.#queueOf(known, entries);
  }

  /** Numbers have no holes: one is given in the transaction that keeps what it is for. */
  async enqueue(draft: Draft, origin?: string): Promise<Entry | null> {
    const { key, at, changes, patches } = draft;
    const text = await this.#sealed(draft);
    const row = await this.#database.write(async (tables) => {
      const [known, before] = await Promise.all([tables.client(), tables.entries.firstBy('key', key)]);
      if (origin !== undefined && origin !== known.origin) return null;
      // whoever asks again after a failure was not heard the first time, or was
      if (before) return before;
      const last = known.last + 1;
      const added = { n: last, client: known.client, mid: last - known.offset, key, text };
      await Promise.all([tables.entries.add(added), tables.facts.put({ key: 'client', value: { ...known, last } })]);
      return added;
    });
    return row && { key, at, changes, patches, n: row.n, client: row.client, mid: row.mid };
  }

  /** In one transaction: whoever finds nothing of it here takes up all of it. */
  async takeUp(left: Left): Promise<void> {
    const texts = new Map<Draft, Sealed>();
    for (const one of [...left.entries, ...left.rejected]) texts.set(one, await this.#sealed(one));
    await this.#database.write(async (tables) => {
      const known = await tables.client();
      const here = { entries: await tables.entries.all(), rejected: await tables.rejected.all() };
      const { entries, rejected, refused } = newcomers(left, here);
      let n = known.last;
      await tables.entries.deleteMany([...refused]);
      await tables.rejected.addMany(rejected.map((one) => ({ n: ++n, key: one.key, text: texts.get(one)! })));
      await tables.entries.addMany(
        entries.map((one) => {
          const { key, client, mid } = one;
          return { n: ++n, key, client, mid, text: texts.get(one)!, ...(isEmpty(one) && { isEmptied: true }) };
        }),
      );
      const offset = known.offset + n - known.last;
      await tables.facts.put({ key: 'client', value: { ...known, last: n, offset } });
    });
  }

  /** What another tab settled already stays as it is. */
  async settle(client: string, settling: Settling): Promise<void> {
    const all = await this.#settled(settling);
    await this.#database.write(async (tables) => {
      if ((await tables.known())?.client !== client) return;
      for (const [n, { changed, rejected }] of all) {
        const row = await tables.entries.get(n);
        if (!row || (rejected && (row.isEmptied || row.key !== rejected.key))) continue;
        if (changed) await tables.entries.put({ ...row, ...changed });
        else await tables.entries.delete(n);
        if (rejected) await tables.rejected.put(rejected);
      }
    });
  }

  /** Another name, under which what waits is counted from 1; what it was counted under is not used any more. */
  async renameClient(client: string): Promise<void> {
    await this.#database.write(async (tables) => {
      const known = await tables.known();
      if (!known) return;
      const rows = (await tables.entries.all()).filter((row) => row.client === client);
      const waiting = rows.filter(({ touched, isEmptied }) => touched === undefined && !isEmptied);
      const name = newClientName();
      await tables.entries.deleteMany(rows.map(({ n }) => n));
      await tables.entries.addMany(waiting.map((row, place) => ({ ...row, client: name, mid: place + 1 })));
      const value = { ...known, client: name, offset: known.last - waiting.length };
      if (known.client === client) await tables.facts.put({ key: 'client', value });
    });
  }

  async rejected(): Promise<readonly Rejected[]> {
    return this.#rejectedOf(await this.#database.read(['rejected'], (tables) => tables.rejected.all()));
  }

  async discard(n: number): Promise<void> {
    await this.#database.write((tables) => tables.rejected.delete(n));
  }

  /** Which generation of the cache is used in this epoch; 1 in the beginning. */
  async generation(): Promise<number> {
    return generationIn(await this.#database.read(['facts'], ({ facts }) => facts.get(this.#generationKey)));
  }

  /** From now on the generation after this one is used, in all tabs. Does nothing when another tab said so already. */
  async leaveGeneration(number: number): Promise<void> {
    const key = this.#generationKey;
    await this.#database.write(async ({ facts }) => {
      if (generationIn(await facts.get(key)) === number) await facts.put({ key, value: number + 1 });
    });
  }

  /** Forgets what is through, which needs no key. @returns Whether anything is left that no server took. */
  leaveUnsent(): Promise<boolean> {
    return this.#database.write(async (tables) => {
      const rows = await tables.entries.all();
      await tables.entries.deleteMany(rows.flatMap(({ n, touched }) => (touched === undefined ? [] : [n])));
      const isWaiting = rows.some(({ touched, isEmptied }) => touched === undefined && !isEmptied);
      return isWaiting || (await tables.rejected.count()) > 0;
    });
  }

  close(): void {
    this.#database.close();
  }

  async #settled(settling: Settling): Promise<ReadonlyMap<number, Settled>> {
    const { carriedOut = new Map(), through = [], refused = new Map(), emptied = new Map() } = settling;
    const all = new Map<number, Settled>();
    for (const [n, touched] of carriedOut)
      all.set(n, { changed: { touched: await this.#sealing.seal(plainJson(touched), placeOf(n)) } });
    for (const [n, one] of refused) all.set(n, { rejected: { n, key: one.key, text: await this.#sealed(one) } });
    for (const [n, one] of emptied) {
      const { key, at } = one;
      const changed = { text: await this.#sealed({ key, at, changes: [], patches: [] }), isEmptied: true };
      all.set(n, { changed, rejected: { n, key, text: await this.#sealed(one) } });
    }
    for (const n of through) all.set(n, {});
    return all;
  }

  #sealed(content: EntryContent & Pick<Row, 'key'>): Promise<Sealed> {
    return this.#sealing.seal(this.#format.write(content), content.key);
  }

  async #queueOf(known: Client | undefined, rows: readonly EntryRow[]): Promise<Queue> {
    const { origin, client, offset, last } = known ?? (await this.#database.write((tables) => tables.client()));
    const all = await Promise.all(rows.map((row) => this.#entryOf(row)));
    return { origin, client, last: last - offset, ...withoutUnread(all) };
  }

  async #rejectedOf(rows: readonly Row[]): Promise<readonly Rejected[]> {
    const all = await Promise.all(rows.map(async (row) => ({ ...(await this.#opened<Rejected>(row)), n: row.n })));
    return all.filter(({ unread }) => unread === undefined);
  }

  async #entryOf(row: EntryRow): Promise<Entry> {
    const { n, client, mid } = row;
    const entry = { ...(await this.#opened<Draft>(row)), n, client, mid };
    if (row.touched === undefined) return entry;
    const touched = await this.#sealing.open(row.touched, placeOf(n));
    return { ...entry, touched: JSON.parse(touched) as NonNullable<Entry['touched']> };
  }

  async #opened<T extends Draft>({ key, text, isEmptied }: Row & Pick<EntryRow, 'isEmptied'>): Promise<T> {
    return { ...(this.#format.read(await this.#sealing.open(text, key), isEmptied) as T), key };
  }
}

const placeOf = (n: number): string => `touched|${n}`;

const generationIn = (fact: FactRow | undefined): number => (typeof fact?.value === 'number' ? fact.value : 1);
