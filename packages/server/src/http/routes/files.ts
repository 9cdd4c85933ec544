import { CrmError } from '@tessera-crm/model/errors.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { FileMessage } from '@tessera-crm/model/protocol/files.js';
import { maxFileBytes } from '@tessera-crm/model/protocol/files.js';
import type { Keyring, SigningKey } from '../../auth/keyring.ts';
import { canRead, isUnlimited } from '../../auth/rights.ts';
import type { Sessions } from '../../auth/sessions.ts';
import { isSigned, linkSeconds, signLink } from '../../files/file-link.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { FileEntry, FileTable } from '../../files/file-table.ts';
import { acceptedType } from '../../files/file-type.ts';
import type { Call, KnownCall } from '../call.ts';
import { parametersOf } from '../question.ts';
import { json, type Reply } from '../replies.ts';

export interface FileRoutesOptions {
  readonly files: FileStore;
  readonly table: FileTable;
  readonly keyring: Keyring;
  readonly sessions: Sessions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const notFound = (id: string): CrmError => new CrmError('not-found', `There is no file ${id}.`, { id });

/** Uploads and downloads. What was uploaded is only ever offered for saving, never shown as a page of this origin. */
export class FileRoutes {
  readonly #options: FileRoutesOptions;

  constructor(options: FileRoutesOptions) {
    this.#options = options;
  }

  /** `POST /v1/files?name=…`: the body is the file, its content type what it claims to be. */
  readonly upload = async (call: KnownCall): Promise<Reply> => {
    const { access, request, registry, policy } = call;
    const documents = registry.find('documents');
    if (policy && !(documents && policy(documents)?.may('create')))
      throw new CrmError('forbidden', 'This identity may not upload files.', { reason: 'scope' });
    const name = fileName(parametersOf(call.search, ['name']).get('name') ?? '');
    if (Number(request.headers.get('content-length') ?? 0) > maxFileBytes)
      throw new CrmError('too-large', `A file has at most ${maxFileBytes} bytes.`, {
        issues: [{ path: '', code: 'too-large', params: { max: maxFileBytes } }],
      });
    const id = call.newId();
    const { start, ...stored } = await this.#options.files.write(access.tenant.id, id, request.body ?? emptyBody());
    const type = acceptedType(request.headers.get('content-type') ?? '', start);
    if (type === null || stored.size === 0) {
      await this.#options.files.remove(access.tenant.id, id);
      throw invalid([{ path: '', code: stored.size === 0 ? 'blank' : 'file-type' }]);
    }
    const entry = { id, name, type, ...stored, createdAt: call.now().toISOString(), createdBy: access.principal };
    await this.#options.table.add(access.tenant.id, entry);
    const message: FileMessage = { id, name, type, size: stored.size, checksum: stored.checksum };
    return json(message, { location: `${call.basePath}/v1/files/${id}` }, 201);
  };

  /** `GET /v1/files/{id}` with a token. */
  readonly download = async (call: KnownCall): Promise<Reply> => {
    const entry = await this.#visible(call);
    return this.#send(call.access.tenant.id, entry);
  };

  /** `POST /v1/files/{id}/link`: an address for an image or a download that cannot send a token. */
  readonly link = async (call: KnownCall): Promise<Reply> => {
    const { id } = await this.#visible(call);
    const { tenant } = call.access;
    const expires = Math.floor(this.#options.now() / 1000) + linkSeconds;
    const parameters = signLink({ tenant: tenant.id, id, expires }, await this.#options.sessions.signingKey(tenant));
    return json({ url: `${call.basePath}/v1/files/${id}?${parameters}`, expiresIn: linkSeconds }, {}, 201);
  };

  /** `GET /v1/files/{id}?tenant=…&expires=…&signature=…` */
  readonly downloadByLink = async (call: Call): Promise<Reply> => {
    const parameters = parametersOf(call.search, ['tenant', 'expires', 'signature']);
    const [tenant, expires, signature] = ['tenant', 'expires', 'signature'].map(
      (name) => parameters.get(name) ?? '',
    ) as [string, string, string];
    const key = await this.#ownKey(tenant);
    const id = call.param('id');
    const now = Math.floor(this.#options.now() / 1000);
    if (!key || !isSigned({ tenant, id, expires: Number(expires) }, signature, { key, now }))
      throw new CrmError('token-rejected', 'The link has expired or is not right.', { reason: 'signature' });
    const entry = await this.#options.table.find(tenant, id);
    if (!entry) throw notFound(id);
    return this.#send(tenant, entry);
  };

  async #ownKey(tenant: string): Promise<SigningKey | null> {
    return isId(tenant) ? this.#options.keyring.ownSigningKey(tenant) : null;
  }

  /**
   * The file, if this identity may have it. A user may have what a record that they see holds. A customer may have what
   * they sent themselves, and what a document shown to them holds; but a document counts only if whoever made it had the
   * file to give.
   */
  async #visible(call: KnownCall): Promise<FileEntry> {
    const { access, policy, registry } = call;
    const id = call.param('id');
    const entry = isId(id) ? await this.#options.table.find(access.tenant.id, id) : null;
    if (!entry) throw notFound(id);
    const documents = registry.find('documents');
    const rights = policy && documents ? policy(documents) : undefined;
    if (
      rights === undefined ||
      (rights && isUnlimited(rights) && rights.may('read')) ||
      entry.createdBy === access.principal
    )
      return entry;
    const isSeen = rights?.reach ? isHeldBySeen(call, id) : rights?.may('read') && this.#isShared(call, entry);
    if (!(await isSeen)) throw notFound(id);
    return entry;
  }

  async #isShared({ allRecords, policy, registry }: KnownCall, { id, createdBy }: FileEntry): Promise<boolean> {
    const where = policy?.(registry.get('documents'))?.where ?? {};
    const { records } = await allRecords.list('documents', {
      where: { all: [where, { file: { is: id } }] },
      limit: 200,
    });
    return records.some((document) => {
      const maker = document['createdBy'] as { readonly module: string; readonly id: string } | null;
      return maker === null || maker.module === 'users' || `${maker.module}:${maker.id}` === createdBy;
    });
  }

  async #send(tenant: string, { id, name, type, size, checksum }: FileEntry): Promise<Reply> {
    return {
      status: 200,
      body: await this.#options.files.read(tenant, id),
      headers: {
        'content-type': type,
        'content-length': String(size),
        'content-disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
        'cross-origin-resource-policy': 'cross-origin',
        etag: `"${checksum.slice(0, 32)}"`,
      },
    };
  }
}

/** Whether a record that the caller sees holds a file. */
const isHeldBySeen = async ({ store, policy, registry }: KnownCall, file: string): Promise<boolean> => {
  for (const module of registry.all) {
    const rights = policy?.(module);
    const fields = rights?.may('read') ? holdersIn(module).filter((name) => canRead(rights, name)) : [];
    if (fields.length === 0) continue;
    const where = { any: fields.map((name) => ({ [name]: { is: file } })) };
    const { records } = await store.list(module.key, { where, limit: 1, fields: [], archived: 'with' });
    if (records.length > 0) return true;
  }
  return false;
};

/** Documents hold theirs by its id as a text. */
const holdersIn = ({ key, fields }: Module): readonly string[] =>
  Object.keys(fields).filter((name) => {
    const { kind, options } = fields[name]!;
    return kind.control(options).as === 'file' || (key === 'documents' && name === 'file');
  });

const emptyBody = (): ReadableStream<Uint8Array> => new ReadableStream({ start: (controller) => controller.close() });

/** The last part of whatever path was given, without characters that nobody sees or that no header bears. */
const fileName = (given: string): string => {
  const name = (given.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  return name === '' || /^\.+$/.test(name) ? 'file' : name.slice(0, 200).toWellFormed();
};

const asciiName = (name: string): string => name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
