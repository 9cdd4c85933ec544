import type { CrmSettings } from '../frame/instance.ts';
import { browserTimeZone, localeOf } from '../frame/locale.ts';
import type { Connection } from './connection.ts';

export interface BackendCapabilities {
  readonly name: string;
  /** Where records are kept: `none` keeps nothing, `memory` until the page is left, `localstorage` then what is unsent. */
  readonly storage: 'indexeddb' | 'localstorage' | 'memory' | 'none';
  /** Whether changes wait here when the server cannot be reached, and are sent later. */
  readonly isOffline: boolean;
  /** Whether it takes and gives files. */
  readonly hasFiles: boolean;
  /** The modules that this person may see; null while the server cannot be asked. */
  readonly modules: readonly string[] | null;
}

export interface Capabilities {
  /** Whether the browser promised not to clear what is kept. */
  readonly isPersistent: boolean;
  /** BCP 47: what elements without a `lang` around them speak. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly isSecureContext: boolean;
  readonly isSandboxed: boolean;
  /** Whether tabs share their work. */
  readonly hasLocks: boolean;
  readonly hasTrustedTypes: boolean;
  readonly hasScopedRegistries: boolean;
  readonly hasPopover: boolean;
  readonly hasAnchorPositioning: boolean;
  readonly backends: readonly BackendCapabilities[];
}

interface Subject {
  readonly settings: CrmSettings;
  readonly connections: ReadonlyMap<string, Connection>;
}

/** Milliseconds. */
const patience = 5_000;

/** What can be done here. Opens the stores that nobody has used yet, because only then it is known. */
export const capabilitiesOf = async ({ settings, connections }: Subject): Promise<Capabilities> => ({
  isPersistent: (await navigator.storage?.persisted?.().catch(() => false)) ?? false,
  locale: localeOf(document.documentElement, settings.locale),
  timeZone: settings.timeZone ?? browserTimeZone(),
  isSecureContext,
  isSandboxed: globalThis.origin === 'null',
  hasLocks: navigator.locks !== undefined,
  hasTrustedTypes: 'trustedTypes' in globalThis,
  hasScopedRegistries: canMakeRegistries(),
  hasPopover: 'popover' in HTMLElement.prototype,
  hasAnchorPositioning: CSS.supports('anchor-name: --a'),
  backends: await Promise.all([...connections].map(backendOf)),
});

const backendOf = async ([name, connection]: [string, Connection]): Promise<BackendCapabilities> => {
  const modules = inTime(connection.modules().then(({ keys }) => keys));
  await inTime(connection.store.arrived());
  const offline = await connection.offline.catch(() => null);
  return {
    name,
    storage: offline?.status.current.storage ?? 'none',
    isOffline: offline !== null,
    hasFiles: connection.files !== null,
    modules: await modules,
  };
};

/** Null for what fails or takes too long. */
const inTime = async <T>(work: Promise<T>): Promise<T | null> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, patience, null)));
  return Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
};

const canMakeRegistries = (): boolean => {
  try {
    return new CustomElementRegistry() instanceof CustomElementRegistry;
  } catch {
    return false;
  }
};
