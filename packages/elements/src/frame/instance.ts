import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { ReactiveControllerHost } from 'lit';
import type { Message } from '../i18n/catalogue.ts';
import type { RecordRef } from './events.ts';

/** How much room things get. */
export type Density = 'compact' | 'normal' | 'comfortable';

/** What the page decides for all elements of an instance, and may change at any time by `update`. */
export interface CrmSettings {
  /** BCP 47; an element's nearest `lang` comes first, the browser's language last. */
  readonly locale?: string;
  /** IANA name; the browser's unless given. */
  readonly timeZone?: string;
  /** ISO 4217, for sums over amounts without one. */
  readonly currency?: string;
  /** The page's own wording: by language, then `element.key`, as in `contact-card.call`. */
  readonly messages?: Readonly<Record<string, Readonly<Record<string, Message>>>>;
  /**
   * How far the page's styles reach: `soft`, which is the rule, takes font and text size of the page and can be moved and
   * hidden by it; `strict` takes nothing, and no rule of the page changes its box. `hidden` hides it all the same.
   */
  readonly isolation?: 'soft' | 'strict';
  /** For elements without a `density` of their own; `normal` unless given. */
  readonly density?: Density;
  /** Where a record is on this page or another; null where it is nowhere. */
  readonly links?: (ref: RecordRef) => string | null;
}

/** Files of a backend, which lie beside its records. */
export interface FileAccess {
  /** @returns The id that file fields take. */
  upload(file: File, options?: UploadOptions): Promise<string>;
  /** @returns An address that works for a few minutes without a token. */
  link(id: string, options?: { readonly signal?: AbortSignal }): Promise<string>;
}

export interface UploadOptions {
  readonly signal?: AbortSignal;
  /** @param share - 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** One of the systems behind an instance. */
export interface Backend {
  readonly store: Store;
  /** False while what is kept on this device answers, because the server does not or cannot be asked. */
  readonly isReachable?: boolean;
  /** Why there is no token to ask the server with; null while there is one, or none was needed yet. */
  readonly trouble?: CrmError | null;
  /** The modules of this tenant; fetched on first use. */
  modules(): Promise<Registry>;
  /** The address of the server; undefined when the page gave a store. */
  readonly url?: string | undefined;
  /** What is kept on this device, once the store is in use; null when nothing is. */
  readonly offline?: Promise<Pick<Store, 'outgoing'> | null>;
  /** Null where there are none. */
  readonly files: FileAccess | null;
}

/** What an element is to the code that keeps it as its instance wants it. */
export type DressedElement = HTMLElement &
  ReactiveControllerHost & {
    readonly crm: CrmInstance | undefined;
    /** What the page sees of it. */
    readonly outer: HTMLElement;
  };

/** What an element sees of its instance: settings to follow and backends to read from. */
export interface CrmInstance {
  readonly prefix: string;
  readonly settings: CrmSettings;
  /** Any stable name of the person; undefined while nobody is known. */
  readonly identity?: string | undefined;
  /** @returns The first one without a name; undefined when there is none of this name. */
  backend(name?: string): Backend | undefined;
  /** Calls back whenever settings, identity or backends changed. @returns How to stop. */
  subscribe(listener: () => void): () => void;
  /** Puts on an element what `isolation` and `density` ask for; absent while they ask for nothing. */
  readonly dress?: ((element: DressedElement) => void) | undefined;
  /** Tells the page's `onError`. */
  report(error: CrmError, element: string): void;
}

/**
 * The context by which elements ask for their instance; the same for every copy of the library on a page. A version in
 * which `CrmInstance` is another gives it another name.
 */
export const instanceContext = (prefix: string): symbol => Symbol.for(`tessera.instance.${prefix}`);

const defaults = new Map<string, CrmInstance>();
const waiting = new Set<() => void>();

/** The instance for elements that no provider surrounds: the newest one of the prefix. */
export const defaultInstance = (prefix: string): CrmInstance | undefined => defaults.get(prefix);

export const setDefaultInstance = (instance: CrmInstance): void => {
  defaults.set(instance.prefix, instance);
  for (const listener of waiting) listener();
};

export const dropDefaultInstance = (instance: CrmInstance): void => {
  if (defaults.get(instance.prefix) === instance) defaults.delete(instance.prefix);
  for (const listener of waiting) listener();
};

/** Calls back when a default instance appears or goes. @returns How to stop. */
export const onDefaultInstance = (listener: () => void): (() => void) => {
  waiting.add(listener);
  return () => void waiting.delete(listener);
};
