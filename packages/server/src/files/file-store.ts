import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import { maxFileBytes } from '@tessera-crm/model/protocol/files.js';
import { sniffedBytes } from './file-type.ts';

/** What was learned of an upload while it was written. */
export interface StoredFile {
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
  /** Its first bytes. */
  readonly start: Uint8Array;
}

/** Files in a folder, by tenant and id. Nothing of what a client sends becomes part of a path. */
export class FileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes an upload as it comes in. It is there under its id only once all of it is on the disk.
   *
   * @throws {CrmError} `too-large` beyond 25 MiB · `storage-full`
   */
  async write(tenant: string, id: string, body: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const path = this.#path(tenant, id);
    const draft = `${path}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      const stored = await writeTo(draft, body);
      await rename(draft, path);
      return stored;
    } catch (error) {
      await rm(draft, { force: true });
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
        ? new CrmError('storage-full', 'The server has no space left.', {}, error)
        : error;
    }
  }

  /** @throws {CrmError} `not-found` */
  async read(tenant: string, id: string): Promise<ReadableStream<Uint8Array>> {
    const path = this.#path(tenant, id);
    try {
      await stat(path);
    } catch (error) {
      throw new CrmError('not-found', 'The file is not there any more.', { id }, error);
    }
    return Readable.toWeb(createReadStream(path)) as unknown as ReadableStream<Uint8Array>;
  }

  async remove(tenant: string, id: string): Promise<void> {
    await rm(this.#path(tenant, id), { force: true });
  }

  /** Ids end in random digits: their last two spread the files over 256 folders. */
  #path(tenant: string, id: string): string {
    if (!isId(tenant) || !isId(id)) throw new CrmError('not-found', 'There is no such file.');
    return join(this.#folder, tenant, id.slice(-2), id);
  }
}

const writeTo = async (path: string, body: AsyncIterable<Uint8Array>): Promise<StoredFile> => {
  const handle = await open(path, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    let start = new Uint8Array(0);
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > maxFileBytes)
        throw new CrmError('too-large', `A file has at most ${maxFileBytes} bytes.`, {
          issues: [{ path: '', code: 'too-large', params: { max: maxFileBytes } }],
        });
      if (start.length < sniffedBytes) start = Buffer.concat([start, chunk]).subarray(0, sniffedBytes);
      hash.update(chunk);
      await handle.write(chunk);
    }
    await handle.sync();
    return { size, checksum: hash.digest('hex'), start };
  } finally {
    await handle.close();
  }
};
