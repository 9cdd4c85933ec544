import type { Change } from '@tessera-crm/model/change.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { isAlive } from '@tessera-crm/model/is-alive.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { apply } from '@tessera-crm/model/rules/apply.js';
import type { State } from '@tessera-crm/model/rules/state.js';
import type { Write } from '@tessera-crm/model/rules/workspace.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { Patch } from './entry.ts';
import type { LocalRecords } from './local-records.ts';
import { localVersion } from './local-version.ts';

/** What rules may know of whoever works here. */
export interface Circumstances {
  readonly registry: Registry;
  readonly identity: Identity;
  readonly settings: Settings;
  /** RFC 3339, UTC. */
  readonly now: () => string;
}

/** Finds a record that is not at hand; null when there is none, undefined when nobody can tell now. */
export type Fetch = (module: string, id: string) => Promise<AnyRecord | null | undefined>;

export interface Predicted {
  readonly patches: readonly Patch[];
  readonly results: readonly Applied[];
}

/**
 * What changes will come to, by the rules that the server has too. The server's word counts; this is what is shown
 * until then. Patches so far are laid over the records under the given key, so that later changes see earlier ones.
 *
 * @throws {CrmError} What a rule refuses, as far as the records at hand tell.
 */
export const predict = async (
  key: string,
  changes: readonly Change[],
  { records, fetch, circumstances }: { records: LocalRecords; fetch: Fetch; circumstances: Circumstances },
): Promise<Predicted> => {
  const state = new PartialState(records, fetch);
  const { registry, identity, settings, now } = circumstances;
  const patches: Patch[] = [];
  const results: Applied[] = [];
  for (const [place, change] of changes.entries()) {
    const { module, id } = change;
    const before = records.shown.getAny(module, id)?.version;
    const context = { registry, identity, settings, now: now(), source: 'ui', newId };
    const { writes, result } = await apply(change, state.aimedAt(change), context);
    patches.push(...writes.map((write) => patchOf(write, records)));
    // shown before it is stored only where later changes of the batch look at it
    if (place < changes.length - 1) records.overlay(key, [...patches]);
    const own = writes.filter((write) => write.module === module && write.id === id);
    const after = own[0] && { ...own[0].after, version: localVersion(before, own.length) };
    const record = alive(after ?? records.shown.get(module, id));
    results.push({ ok: true, module, id, record, ...(change.op === 'act' && { result }) });
  }
  return { patches, results };
};

const alive = (record: AnyRecord | undefined): AnyRecord | null => (record && isAlive(record) ? record : null);

const newId = (): string => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

const patchOf = ({ module, id, before, after, changed }: Write, records: LocalRecords): Patch => {
  const { id: _id, version: _version, ...all } = after;
  if (!before) return { module, id, values: all, isNew: true, base: 1 };
  const base = records.seen(module, id, { version: before.version, fields: changed });
  return { module, id, values: Object.fromEntries(changed.map((field) => [field, after[field]])), isNew: false, base };
};

/** The records at hand; single ones are asked for when they are not. */
class PartialState implements State {
  readonly #records: LocalRecords;
  readonly #fetch: Fetch;
  #aim: Pick<Change, 'module' | 'id'> | undefined;

  constructor(records: LocalRecords, fetch: Fetch) {
    this.#records = records;
    this.#fetch = fetch;
  }

  /** The record that is to be changed must be there; of others, nobody knowing is no reason to refuse. */
  aimedAt(change: Change): this {
    this.#aim = change;
    return this;
  }

  async get(module: string, id: string): Promise<AnyRecord | null> {
    const record = await this.getAny(module, id);
    return record && isAlive(record) ? record : null;
  }

  async getAny(module: string, id: string): Promise<AnyRecord | null> {
    if (!(await this.#records.bring(module, [id]))) await this.#records.load(module);
    const known = this.#records.shown.getAny(module, id);
    if (known) return known;
    const isAim = this.#aim?.module === module && this.#aim.id === id;
    if (isAim && (this.#aim as Change).op === 'create') return null;
    const found = await this.#fetch(module, id);
    if (found !== undefined) return found;
    return isAim ? null : { id, version: 0, deletedAt: null };
  }

  async find(module: string, where: Where): Promise<readonly AnyRecord[]> {
    await this.#records.load(module);
    return this.#records.state.find(module, where);
  }

  async findAll(module: string, where: Where): Promise<readonly AnyRecord[]> {
    await this.#records.load(module);
    return this.#records.state.findAll(module, where);
  }

  async findDeleted(batch: string): ReturnType<State['findDeleted']> {
    return this.#records.state.findDeleted(batch);
  }

  async changedSince(module: string, id: string, version: number): ReturnType<State['changedSince']> {
    return this.#records.state.changedSince(module, id, version);
  }

  /** Numbers are the server's to give. */
  async nextNumber(): Promise<null> {
    return null;
  }
}
