import { createHash } from 'node:crypto';
import type { ExternalId } from './draft.ts';
import type { SourceRow } from './source-row.ts';

/** The type of such ids among the external ids of a record. */
export const contentType = 'content';

/**
 * What rows are recognised by when their file names them in no way: by what they say. The same text under the same
 * headers, in the same system, is the same row, wherever in a file it stands; of several rows in a file that say the
 * same, each is one of its own. A row in which anything has changed is another one.
 */
export class RowIdentities {
  readonly #system: string;
  readonly #seen = new Map<string, number>();

  constructor(system: string) {
    this.#system = system;
  }

  /** @param rows - Those of one record. */
  of(rows: readonly SourceRow[]): ExternalId {
    const hash = createHash('sha256')
      .update(JSON.stringify(rows.map(said)))
      .digest('base64url')
      .slice(0, 22);
    const place = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, place);
    return { system: this.#system, type: contentType, id: place === 1 ? hash : `${hash}.${place}` };
  }
}

/** The cells that say something; neither the order of the columns nor an empty one more makes another row. */
const said = ({ cells }: SourceRow): readonly (readonly [string, string])[] =>
  Object.entries(cells)
    .map(([header, text]) => [header, text.trim()] as const)
    .filter(([, text]) => text !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
