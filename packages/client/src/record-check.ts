import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Included } from './envelopes.ts';

type CheckedPage = Page<AnyRecord, Included>;

/** Holds what the server sends against the modules of a registry; without one it is taken as it is. */
export class RecordCheck {
  readonly #registry: Registry | undefined;

  constructor(registry: Registry | undefined) {
    this.#registry = registry;
  }

  async record(module: string, record: AnyRecord, isPartial = false): Promise<AnyRecord> {
    if (!this.#registry) return record;
    const { checkRecord } = await import('./validation.ts');
    return checkRecord(this.#registry, module, record, isPartial);
  }

  async page(module: string, page: CheckedPage, isPartial: boolean): Promise<CheckedPage> {
    const registry = this.#registry;
    if (!registry) return page;
    const { checkRecord } = await import('./validation.ts');
    const records = page.records.map((record) => checkRecord(registry, module, record, isPartial));
    if (!page.included) return { ...page, records };
    const included = mapValues(page.included, (others, of) =>
      mapValues(others, (record) => checkRecord(registry, of, record, false)),
    );
    return { ...page, records, included };
  }
}

const mapValues = <A, B>(
  all: Readonly<Record<string, A>>,
  change: (value: A, key: string) => B,
): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value, key)]));
