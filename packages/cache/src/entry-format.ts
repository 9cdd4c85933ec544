import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Draft, Rejected } from './entry.ts';

/** What is kept of an entry, in any format: each has to keep the number of its format, and when it was made. */
export interface EntryContent extends Omit<Draft, 'key'> {
  /** Of what was refused. */
  readonly error?: Rejected['error'];
}

/** Makes of an entry's content what the next version writes. */
export type Upcaster = (content: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * From each format to the next one: the first makes 2 of 1. Only ever longer, as nobody knows how long a device was away;
 * whoever adds one raises the epoch.
 */
export const entryUpcasters: readonly Upcaster[] = [];

/** How entries are written and read. Append-only: every version reads all formats that there were before it. */
export class EntryFormat {
  readonly #upcasters: readonly Upcaster[];

  /** @param upcasters - Others than this version's only to stand for another version. */
  constructor(upcasters = entryUpcasters) {
    this.#upcasters = upcasters;
  }

  /** As JSON; what could not be read, as it was. */
  write({ at, changes, patches, error, unread }: EntryContent): string {
    return unread ?? plainJson({ format: this.#current, at, changes, patches, error });
  }

  /** @param isEmptied - It was given up: there is nothing to be read of it, in any format. */
  read(text: string, isEmptied = false): EntryContent {
    const { format = 1, ...content } = JSON.parse(text) as EntryContent & { readonly format?: number };
    if (format > this.#current)
      return { at: content.at, changes: [], patches: [], ...(!isEmptied && { unread: text }) };
    const steps = this.#upcasters.slice(format - 1);
    return steps.reduce<object>((one, upcast) => upcast({ ...one }), content) as EntryContent;
  }

  get #current(): number {
    return this.#upcasters.length + 1;
  }
}
