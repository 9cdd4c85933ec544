import type { CrmSettings } from '../frame/instance.ts';
import type { Connection } from './connection.ts';
import { elementTable } from './element-table.ts';

export interface OfflineDiagnosis {
  readonly isOnline: boolean;
  /** Changes that wait to be sent. */
  readonly pending: number;
  /** Changes that the server refused. */
  readonly rejected: number;
  /** `memory`: nothing survives the end of the page. */
  readonly storage: 'indexeddb' | 'memory';
}

export interface BackendDiagnosis {
  readonly name: string;
  /** Null when the page gave a store of its own. */
  readonly url: string | null;
  /** Null without an offline cache. */
  readonly offline: OfflineDiagnosis | null;
}

export interface Diagnostics {
  readonly prefix: string;
  readonly locale: string | null;
  readonly isOnline: boolean;
  readonly isSecureContext: boolean;
  /** Tags on this page and whether they have their code; those that are not rendered say so. */
  readonly elements: readonly { readonly tag: string; readonly isDefined: boolean; readonly isRendered: boolean }[];
  readonly backends: readonly BackendDiagnosis[];
}

interface Subject {
  readonly prefix: string;
  readonly settings: CrmSettings;
  readonly connections: ReadonlyMap<string, Connection>;
}

export const diagnose = async ({ prefix, settings, connections }: Subject): Promise<Diagnostics> => ({
  prefix,
  locale: settings.locale ?? null,
  isOnline: navigator.onLine,
  isSecureContext,
  elements: elementsOf(prefix),
  backends: await Promise.all([...connections].map(([name, connection]) => backendOf(name, connection))),
});

const elementsOf = (prefix: string): Diagnostics['elements'] => {
  const tags = Object.keys(elementTable).map((name) => `${prefix}-${name}`);
  return [...document.querySelectorAll(tags.join())].map((element) => ({
    tag: element.localName,
    isDefined: element.matches(':defined'),
    isRendered: element.checkVisibility(),
  }));
};

const backendOf = async (name: string, { url, offline }: Connection): Promise<BackendDiagnosis> => {
  const status = (await offline.catch(() => null))?.status.current;
  if (!status) return { name, url: url ?? null, offline: null };
  const { online, pending, rejected, storage } = status;
  return { name, url: url ?? null, offline: { isOnline: online, pending, rejected: rejected.length, storage } };
};
