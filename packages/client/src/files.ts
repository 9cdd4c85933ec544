import type { CallOptions } from '@tessera-crm/model/store.js';
import type { FileMessage } from '@tessera-crm/model/protocol/files.js';
import { misshapen } from './envelopes.ts';
import type { Transport } from './transport.ts';

/** Bytes sent so far. */
export interface UploadProgress {
  readonly loaded: number;
  readonly total: number;
}

export interface UploadOptions extends CallOptions {
  /** With its ending; a `File` brings its own. */
  readonly name?: string;
  /** Media type; a `File` or `Blob` brings its own. */
  readonly type?: string;
  /** Where the platform cannot tell, called once at the end. */
  readonly onProgress?: (progress: UploadProgress) => void;
}

/** An address that works for a few minutes without a token. */
export interface FileLink {
  readonly url: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Uploads and downloads. */
export class Files {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Stores a file. Sent once: after `network` or `timeout` nobody knows whether it arrived.
   *
   * @returns Its facts; the `id` is what file fields take.
   * @throws {CrmError} `too-large` · `validation` for a type that is refused
   */
  async upload(file: Blob, options: UploadOptions = {}): Promise<FileMessage> {
    const { signal, onProgress } = options;
    const name = options.name ?? (file as Partial<File>).name ?? 'file';
    const type = options.type ?? (file.type || 'application/octet-stream');
    const path = `files?name=${encodeURIComponent(name)}`;
    const answer =
      onProgress && typeof XMLHttpRequest === 'function'
        ? await (
            await import('./upload-with-progress.ts')
          ).uploadWithProgress({ transport: this.#transport, path, file, type }, { signal, onProgress })
        : await this.#transport.ask(path, { body: file, headers: { 'content-type': type }, repeatable: false, signal });
    if (typeof (answer as FileMessage | null)?.id !== 'string') throw misshapen('file');
    if (typeof XMLHttpRequest !== 'function') onProgress?.({ loaded: file.size, total: file.size });
    return answer as FileMessage;
  }

  /** A link for an `<a>` or `<img>`. */
  async link(id: string, { signal }: CallOptions = {}): Promise<FileLink> {
    const answer = await this.#transport.ask(`files/${encodeURIComponent(id)}/link`, { body: {}, signal });
    if (typeof (answer as FileLink | null)?.url !== 'string') throw misshapen('link');
    const { url, expiresIn } = answer as FileLink;
    // a server behind a path of another origin names the path only
    return {
      url: url.startsWith('/') ? new URL(url, new URL(this.#transport.url, globalThis.location?.href)).href : url,
      expiresIn,
    };
  }
}
