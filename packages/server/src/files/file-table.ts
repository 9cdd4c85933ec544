import { toObjects, type Database } from '../database/database.ts';
import { house } from '../sql/compiler.ts';

/** An upload, as it is known beside its bytes. */
export interface FileEntry {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
  readonly createdAt: string;
  /** The principal that sent it: `users:<id>`, `contacts:<id>`, `key:<id>`. */
  readonly createdBy: string | null;
}

/** The register of uploads, tenant by tenant. */
export class FileTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(tenant: string, { id, name, type, size, checksum, createdAt, createdBy }: FileEntry): Promise<void> {
    const statement = house.insertInto('v_files').values({
      tenant_id: tenant,
      id,
      name,
      type,
      size,
      sha256: checksum,
      created_at: createdAt,
      created_by: createdBy,
    });
    await this.#database.run(tenant, statement.compile());
  }

  async find(tenant: string, id: string): Promise<FileEntry | null> {
    const statement = house
      .selectFrom('v_files')
      .select([
        'id',
        'name',
        'type',
        'size',
        'sha256 as checksum',
        'created_at as createdAt',
        'created_by as createdBy',
      ])
      .where('tenant_id', '=', tenant)
      .where('id', '=', id);
    return toObjects<FileEntry>(await this.#database.run(tenant, statement.compile()))[0] ?? null;
  }
}
