import { isCrmError, type ErrorCode } from '@tessera-crm/model/errors.js';
import type { FileAccess } from '../frame/instance.ts';

/** One file on its way. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly status: 'sending' | 'done' | 'failed' | 'refused';
  /** Of the bytes that are sent, 0 to 1. */
  readonly share: number;
  /** What `documents.file` takes, once it is done. */
  readonly id?: string;
  /** Why not, as a key of our sentences. */
  readonly reason?: 'file.size' | 'file.type' | 'file.empty' | `frame.${ErrorCode}`;
  /** Absent when it was sent before the page was loaded. */
  readonly file?: File;
}

interface UploadRules {
  readonly accept?: string | undefined;
  /** Bytes at most. */
  readonly max: number;
}

const accepts = (file: File, accept: string): boolean =>
  accept.split(',').some((one) => {
    const rule = one.trim().toLowerCase();
    if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule);
    return rule.endsWith('/*') ? file.type.startsWith(rule.slice(0, -1)) : file.type === rule;
  });

const refusalOf = (file: File, { accept, max }: UploadRules): Upload['reason'] => {
  if (accept && !accepts(file, accept)) return 'file.type';
  if (file.size === 0) return 'file.empty';
  return file.size > max ? 'file.size' : undefined;
};

type Kept = Required<Pick<Upload, 'id' | 'name' | 'type' | 'size'>>;

const isKept = (value: unknown): value is Kept => {
  const { id, name, type, size } = (value ?? {}) as Partial<Kept>;
  return typeof id === 'string' && typeof name === 'string' && typeof type === 'string' && typeof size === 'number';
};

/** The files of one field: checks them, sends them, tells how far each is. */
export class Uploads {
  readonly #changed: () => void;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stops = new Map<number, AbortController>();
  #items: readonly Upload[] = [];
  #next = 1;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get items(): readonly Upload[] {
    return this.#items;
  }

  /** Those that arrived. */
  get done(): readonly Upload[] {
    return this.#items.filter(({ status }) => status === 'done');
  }

  /** Whether there is one that was not sent and will not be by itself. */
  get isStuck(): boolean {
    return this.#items.some(({ status }) => status === 'failed' || status === 'refused');
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** @returns Resolves when the files that can be sent were, or could not be. */
  async add(files: Iterable<File>, sender: FileAccess, rules: UploadRules): Promise<void> {
    const added = [...files].map((file): Upload => {
      const reason = refusalOf(file, rules);
      const { name, type, size } = file;
      const key = this.#next++;
      return {
        key,
        name,
        type,
        size,
        file,
        share: 0,
        status: reason ? 'refused' : 'sending',
        ...(reason && { reason }),
      };
    });
    this.#items = [...this.#items, ...added];
    this.#changed();
    await Promise.all(
      added.filter(({ status }) => status === 'sending').map((one) => this.#track(this.#send(one, sender))),
    );
  }

  async retry(key: number, sender: FileAccess): Promise<void> {
    const item = this.#items.find((one) => one.key === key);
    if (item?.status !== 'failed') return;
    this.#put(key, { status: 'sending', share: 0 });
    await this.#track(this.#send(item, sender));
  }

  remove(key: number): void {
    this.#stops.get(key)?.abort();
    this.#items = this.#items.filter((one) => one.key !== key);
    this.#changed();
  }

  /** Takes over what was sent before a reload; anything else is left alone. */
  restore(kept: unknown): void {
    if (!Array.isArray(kept)) return;
    const items = kept.filter(isKept).map(({ id, name, type, size }): Upload => ({
      key: this.#next++,
      id,
      name,
      type,
      size,
      status: 'done',
      share: 1,
    }));
    this.#items = [...this.#items, ...items];
    this.#changed();
  }

  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#items = [];
    this.#changed();
  }

  #track(sending: Promise<void>): Promise<void> {
    this.#underWay.add(sending);
    return sending.finally(() => this.#underWay.delete(sending));
  }

  async #send({ key, file }: Upload, sender: FileAccess): Promise<void> {
    if (!file) return;
    const stop = new AbortController();
    this.#stops.set(key, stop);
    try {
      const id = await sender.upload(file, {
        signal: stop.signal,
        onProgress: (share) => this.#put(key, { share: Math.min(1, Math.max(0, share)) }),
      });
      this.#put(key, { status: 'done', share: 1, id });
    } catch (error) {
      this.#put(key, { status: 'failed', reason: `frame.${isCrmError(error) ? error.code : 'internal'}` });
    } finally {
      this.#stops.delete(key);
    }
  }

  /** Changes one that is still there. */
  #put(key: number, change: Partial<Upload>): void {
    this.#items = this.#items.map((one) => (one.key === key ? { ...one, ...change } : one));
    this.#changed();
  }
}
