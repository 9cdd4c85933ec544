import type { Change } from '@tessera-crm/model/change.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { Cache } from '../cache.ts';
import { IndexedDbStorage } from '../indexed-db-storage.ts';
import { EmergencyStorage } from '../emergency-storage.ts';
import { EntryFormat, type Upcaster } from '../entry-format.ts';
import { LocalShelf } from '../local-shelf.ts';
import type { Storage } from '../storage.ts';
import { sealWith, unsealed } from '../sealing.ts';
import { inUse } from './in-use.ts';
import type { FakeIndexedDb } from './kept-notes.ts';
import { identity, profile as openProfile, registry } from './profile.ts';
import { textStorage } from './text-storage.ts';

const circumstances = { registry, identity, settings: defaultSettings, now: () => '2026-06-15T10:00:00.000Z' };

/** In the later version a name says how often its entry was brought up to date. */
const upcast: Upcaster = (content) => ({
  ...content,
  changes: (content['changes'] as readonly Change[]).map((change) =>
    change.op === 'create'
      ? { ...change, values: { ...change.values, name: `${String(change.values['name'])}′` } }
      : change,
  ),
});

/** This version, and one that comes after it. */
const versions = { old: { epoch: 1, upcasters: [] }, later: { epoch: 2, upcasters: [upcast] } };

export interface VisitOptions {
  readonly key?: CryptoKey;
  /** Whether the database opens. */
  readonly hasDatabase?: boolean;
}

/** One browser profile, in which pages of two versions are open. */
export const profileOfTwoVersions = (indexedDb: FakeIndexedDb) => {
  const given = openProfile(indexedDb);
  const { remote } = given;
  const texts = textStorage();
  const name = crypto.randomUUID();
  const open = async (
    version: keyof typeof versions,
    { key, hasDatabase = true }: VisitOptions = {},
  ): Promise<Cache> => {
    const { epoch, upcasters } = versions[version];
    const sealing = key ? await sealWith(key) : unsealed;
    const shelf = new LocalShelf(name, texts, sealing, new EntryFormat(upcasters));
    const instead = async (): Promise<Storage> => new EmergencyStorage(shelf);
    const storage = hasDatabase
      ? await IndexedDbStorage.open(name, { indexedDb, epoch, upcasters, ...(key && { key }) })
      : await instead();
    const emergency = { isUsed: () => true, shelf: async () => shelf, clear: () => shelf.clear(), instead };
    const opened = { isMakeshift: !hasDatabase, isShelfUsed: true, emergency };
    const parts = { remote, door: remote.sync, name, epoch, locks: navigator.locks, circumstances };
    return new Cache(parts).start({ storage: inUse(storage, opened), position: await storage.position() });
  };
  return { ...given, name, texts, open };
};
