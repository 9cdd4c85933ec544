import pg, { type Client, type FieldDef, type QueryConfig, type QueryResult } from 'pg';
import type { Row, Rows } from './database.ts';

type Cells = readonly (string | null)[];

/** How the texts of a column become values, by the number of its type. */
export interface CellTypes {
  getTypeParser(type: number): (text: string) => unknown;
}

/**
 * A statement whose rows stay lists. The driver's own way makes ready for objects at every answer, which takes it longer
 * than to read a record of fifty columns.
 */
class ArrayQuery extends pg.Query {
  readonly #cells: Cells[] = [];
  #fields: readonly FieldDef[] = [];

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#fields = fields;
  }

  handleDataRow({ fields }: { readonly fields: Cells }): void {
    this.#cells.push(fields);
  }

  /** @param types - Left out, cells stay the texts that travelled. */
  answer({ rowCount }: QueryResult, types: CellTypes | undefined): Rows {
    const fields = this.#fields;
    if (!types) return { rows: this.#cells, rowCount, fields };
    const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID));
    const row = (cells: Cells): Row => cells.map((text, index) => (text === null ? null : parsers[index]!(text)));
    return { rows: this.#cells.map(row), rowCount, fields };
  }
}

/** Carries out one statement. */
export const queryRows = async (client: Client, config: QueryConfig, types?: CellTypes): Promise<Rows> =>
  new Promise((resolve, reject) => {
    const query = new ArrayQuery(config, (error: Error | undefined, result: QueryResult) => {
      if (error) return reject(error);
      try {
        resolve(query.answer(result, types));
      } catch (failure) {
        reject(failure as Error);
      }
    });
    client.query(query);
  });
