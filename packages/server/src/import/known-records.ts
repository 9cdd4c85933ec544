import type { Field } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { companyKey } from '@tessera-crm/model/rules/names.js';
import type { ExternalId } from './draft.ts';
import { allRecords, type RecordDoor } from './record-door.ts';

/** `name` by its own key, `name~` as companies are compared: without legal forms and the like. */
const keysOf = (field: Field, key: string, value: unknown): readonly string[] => {
  if (value === null || value === undefined) return [];
  if (key.endsWith('~')) {
    const company = companyKey(field.kind.format(value, field.options, { locale: 'en', timeZone: 'UTC' }));
    return company === '' ? [] : [company];
  }
  const found = field.kind.key(value, field.options);
  if (Array.isArray(found)) return found as readonly string[];
  return found === null ? [] : [String(found)];
};

/** Values that a module's fields have, in the form in which they are compared. */
export const comparable = (module: Module, key: string, value: unknown): readonly string[] => {
  const field = module.fields[key.replace(/~$/, '')];
  return field ? keysOf(field, key, value) : [];
};

const externalKey = ({ system, type, id }: ExternalId): string => `${system}\n${type}\n${id}`;

type Values = Readonly<Record<string, unknown>>;

/**
 * The records of one module that an import may meet, by what they are recognised by. Read once, then kept up with what
 * the import itself makes: so a row is held against all rows before it, written or not.
 */
export class KnownRecords {
  readonly module: Module;
  readonly #keys: ReadonlySet<string>;
  readonly #ids = new Map<string, Map<string, string[]>>();
  readonly #external = new Map<string, string>();
  readonly #deleted = new Set<string>();
  /** Which ids of which systems a record has already, as `system\ntype`. */
  readonly #systems = new Map<string, Set<string>>();

  private constructor(module: Module, keys: ReadonlySet<string>) {
    this.module = module;
    this.#keys = keys;
    for (const key of keys) this.#ids.set(key, new Map());
  }

  /** @param keys - The fields, some with `~`, by which records will be looked for. */
  static async load(store: RecordDoor, module: Module, keys: Iterable<string>): Promise<KnownRecords> {
    const known = new KnownRecords(module, new Set(keys));
    const names = new Set([...known.#keys].map((key) => key.replace(/~$/, '')));
    const fields = [...names, 'externalIds'];
    for await (const record of allRecords(store, module.key, { fields })) known.add(record.id, record);
    for await (const { externalIds } of allRecords(store, module.key, { fields: ['externalIds'], deleted: 'only' }))
      for (const one of (externalIds ?? []) as readonly ExternalId[]) known.#deleted.add(externalKey(one));
    return known;
  }

  covers(keys: Iterable<string>): boolean {
    return [...keys].every((key) => this.#keys.has(key));
  }

  byExternalId(external: ExternalId): string | undefined {
    return this.#external.get(externalKey(external));
  }

  isDeleted(external: ExternalId): boolean {
    return this.#deleted.has(externalKey(external));
  }

  /** The ids of the records that have this value, in its comparable form; the oldest first. */
  by(key: string, comparableValue: string): readonly string[] {
    return this.#ids.get(key)?.get(comparableValue) ?? [];
  }

  /** Whether a record is known in that system by another id: then it is somebody else. */
  isOther(id: string, external: ExternalId | undefined): boolean {
    return external !== undefined && (this.#systems.get(id)?.has(`${external.system}\n${external.type}`) ?? false);
  }

  add(id: string, values: Values): void {
    for (const [key, ids] of this.#ids)
      for (const value of comparable(this.module, key, values[key.replace(/~$/, '')])) {
        const here = ids.get(value);
        if (!here) ids.set(value, [id]);
        else if (!here.includes(id)) here.push(id);
      }
    for (const external of (values['externalIds'] ?? []) as readonly ExternalId[]) this.#addExternal(id, external);
  }

  /** Forgets a record that was not made after all. */
  remove(id: string, values: Values): void {
    for (const [key, ids] of this.#ids)
      for (const value of comparable(this.module, key, values[key.replace(/~$/, '')])) {
        const rest = (ids.get(value) ?? []).filter((one) => one !== id);
        if (rest.length > 0) ids.set(value, rest);
        else ids.delete(value);
      }
    for (const external of (values['externalIds'] ?? []) as readonly ExternalId[])
      if (this.byExternalId(external) === id) this.#external.delete(externalKey(external));
    this.#systems.delete(id);
  }

  #addExternal(id: string, external: ExternalId): void {
    if (!this.#external.has(externalKey(external))) this.#external.set(externalKey(external), id);
    const systems = this.#systems.get(id) ?? new Set();
    this.#systems.set(id, systems.add(`${external.system}\n${external.type}`));
  }
}

/** The known records of all modules that an import looks at, each read when it is first asked for. */
export class KnownModules {
  readonly #store: RecordDoor;
  readonly #find: (module: string) => Module;
  readonly #known = new Map<string, KnownRecords>();
  readonly #wanted = new Map<string, Set<string>>();

  constructor(store: RecordDoor, find: (module: string) => Module) {
    this.#store = store;
    this.#find = find;
  }

  /** Says before anything is read by which keys records of a module will be looked for. */
  want(module: string, keys: Iterable<string>): void {
    const wanted = this.#wanted.get(module) ?? new Set();
    for (const key of keys) wanted.add(key);
    this.#wanted.set(module, wanted);
  }

  async of(module: string): Promise<KnownRecords> {
    const keys = this.#wanted.get(module) ?? new Set();
    const known = this.#known.get(module);
    if (known?.covers(keys)) return known;
    const loaded = await KnownRecords.load(this.#store, this.#find(module), keys);
    this.#known.set(module, loaded);
    return loaded;
  }

  /** What is there of a module without reading anything. */
  loaded(module: string): KnownRecords | undefined {
    return this.#known.get(module);
  }
}
