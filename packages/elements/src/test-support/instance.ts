import type { CrmError } from '@tessera-crm/model/errors.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import {
  dropDefaultInstance,
  setDefaultInstance,
  type CrmInstance,
  type CrmSettings,
  type FileAccess,
} from '../frame/instance.ts';

export interface TestInstance extends CrmInstance {
  /** What elements reported to the page. */
  readonly errors: CrmError[];
  update(settings: CrmSettings): void;
  /** Another person works here now, undefined for nobody. */
  become(identity: string | undefined): void;
  /** Takes it from the page again. */
  remove(): void;
}

export interface TestInstanceOptions extends CrmSettings {
  readonly store?: Store;
  readonly registry?: Registry;
  readonly files?: FileAccess;
  readonly prefix?: string;
}

/** An instance over a store of the test, and the page's default one until `remove`. */
export const testInstance = ({
  store,
  registry,
  files,
  prefix = 'crm',
  ...given
}: TestInstanceOptions = {}): TestInstance => {
  const listeners = new Set<() => void>();
  let settings: CrmSettings = { locale: 'en', timeZone: 'Europe/Rome', currency: 'EUR', ...given };
  let identity: string | undefined;
  let backend = store && { store, modules: async () => registry ?? new Registry([]), files: files ?? null };
  const instance: TestInstance = {
    prefix,
    errors: [],
    get settings() {
      return settings;
    },
    backend: (name) => (name === undefined ? backend : undefined),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    report: (error) => void instance.errors.push(error),
    update(changed) {
      settings = { ...settings, ...changed };
      for (const listener of listeners) listener();
    },
    get identity() {
      return identity;
    },
    become(other) {
      identity = other;
      backend = backend && { ...backend };
      for (const listener of listeners) listener();
    },
    remove: () => dropDefaultInstance(instance),
  };
  setDefaultInstance(instance);
  return instance;
};
