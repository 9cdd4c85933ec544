import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import type { Database } from '../database/database.ts';
import { partsChanged, partsOf, type Parts, type Since } from '../sql/images.ts';

/** Some fields of a record around a change; null where there was none. */
export interface Image {
  readonly before: AnyRecord | null;
  readonly after: AnyRecord;
  /** As it is by now, deleted or not. */
  readonly now: AnyRecord;
}

/** By id and version; a record of which nobody remembers enough is missing. */
export type Images = ReadonlyMap<string, Image>;

export const imageKey = ({ id, version }: Since): string => `${id} ${version}`;

/** Looks what records were around changes of the feed. Those who read the same events share one look. */
export class RecordImages {
  readonly #database: Database;
  readonly #looks = new WeakMap<readonly ChangeEvent[], Map<string, Promise<Images>>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param fields - What of the records is of interest. */
  async around(tenant: string, events: readonly ChangeEvent[], parts: Parts): Promise<Images> {
    const looks = this.#looks.get(events) ?? new Map<string, Promise<Images>>();
    this.#looks.set(events, looks);
    const name = `${parts.module.key} ${parts.fields.join()}`;
    let look = looks.get(name);
    if (!look) looks.set(name, (look = this.#look(tenant, changesOf(events, parts.module), parts)));
    return look;
  }

  async #look(tenant: string, changes: readonly Since[], parts: Parts): Promise<Images> {
    const run = (statement: Parameters<Database['run']>[1]) => this.#database.run(tenant, statement);
    const first = new Map<string, Since>();
    for (const change of changes)
      if (change.version < (first.get(change.id)?.version ?? Infinity)) first.set(change.id, change);
    const { statement, selection } = partsOf(parts, [...first.keys()], tenant);
    const { rows } = await run(statement);
    // after the records: what came since is passed over
    const past = Map.groupBy(
      (await run(partsChanged(parts, [...first.values()], tenant))).rows,
      ([id]) => id as string,
    );
    const wanted = new Set(changes.map(imageKey));
    const images = new Map<string, Image>();
    for (const now of rows.map((row) => selection.toRecord(row)))
      for (const image of unrolled(now, past.get(now.id) ?? [], parts.fields)) {
        const key = imageKey(image.after);
        if (wanted.has(key)) images.set(key, image);
      }
    return images;
  }
}

const changesOf = (events: readonly ChangeEvent[], { key }: Module): readonly Since[] =>
  events.flatMap(({ changes }) => changes.filter(({ module }) => module === key));

/** Goes back through a record's changes, the latest first. */
function* unrolled(now: AnyRecord, past: readonly (readonly unknown[])[], fields: readonly string[]): Generator<Image> {
  let after = now;
  for (const [, version, ...pairs] of past) {
    if (version !== after.version) {
      // newer than the look at the record; or one is missing, and all before it is unknown
      if ((version as number) > after.version) continue;
      return;
    }
    const undone = fields.flatMap((field, index) => {
      const pair = pairs[index] as readonly [unknown, unknown] | null;
      return pair ? [[field, pair[0]] as const] : [];
    });
    const before = { ...after, ...Object.fromEntries(undone), version: after.version - 1 };
    yield { before: before.version === 0 ? null : before, after, now };
    after = before;
  }
}
