import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import type { Backend } from '../frame/instance.ts';
import { draftKey, draftStorage, type KeptDraft } from './draft-storage.ts';

interface KeeperOptions {
  /** Where the draft is kept among those of one person; null keeps it nowhere. */
  readonly key: () => string | null;
  /** What there is to keep; null for nothing, undefined to leave alone what is kept. */
  readonly draft: () => Omit<KeptDraft, 'savedAt' | 'writer'> | null | undefined;
  /** One was found, or another tab wrote one. */
  readonly found: (draft: KeptDraft) => void;
  /** Another person works here now. */
  readonly forget: () => void;
}

/** This page, among the tabs that may write the same draft. */
const writer = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** How long after the last key a draft is written, in milliseconds. */
const delay = 300;

/** Keeps a draft over a reload or a crash, for the person who wrote it and nobody else. */
export class DraftKeeper implements ReactiveController {
  readonly #host: CrmElement;
  readonly #options: KeeperOptions;
  #key: string | null = null;
  #source: Backend | undefined;
  #identity: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connection = new AbortController();

  constructor(host: CrmElement, options: KeeperOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** There is something new to keep. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), delay);
  }

  /** Nothing is kept any more. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#key !== null) draftStorage.remove(this.#key);
  }

  /** Whether this page wrote it. */
  isOwn(draft: KeptDraft): boolean {
    return draft.writer === writer;
  }

  hostConnected(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    draftStorage.onOther(() => this.#key, this.#options.found, signal);
    // A reload does not wait for the last keys
    addEventListener('pagehide', () => this.#write(), { signal });
  }

  hostDisconnected(): void {
    if (this.#timer !== undefined) this.#write();
    this.#connection.abort();
  }

  hostUpdate(): void {
    this.#followPerson();
    const own = this.#options.key();
    const key = own === null ? null : draftKey(this.#host.tagPrefix, this.#identity, own);
    if (key === this.#key) return;
    this.#key = key;
    const kept = key === null ? null : draftStorage.read(key);
    if (kept) this.#options.found(kept);
    else this.changed();
  }

  /** Somebody who was nobody before and signs in goes on with what they had begun; anybody else begins anew. */
  #followPerson(): void {
    const { source, crm } = this.#host;
    if (!source || source === this.#source) return;
    const isFirst = this.#source === undefined;
    const identity = crm?.identity;
    const isSignIn = this.#identity === undefined && identity !== undefined;
    const isSame = this.#identity !== undefined && this.#identity === identity;
    if (!isFirst && !isSignIn && !isSame) this.#leave();
    else if (!isFirst && isSignIn) this.drop();
    this.#source = source;
    this.#identity = identity;
  }

  /** What a known person had begun waits for them; what an unknown one had is gone. */
  #leave(): void {
    if (this.#identity === undefined) this.drop();
    else this.#write();
    this.#key = null;
    this.#options.forget();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#key === null) return;
    const draft = this.#options.draft();
    if (draft) draftStorage.write(this.#key, { ...draft, savedAt: Date.now(), writer });
    else if (draft === null) draftStorage.remove(this.#key);
  }
}
