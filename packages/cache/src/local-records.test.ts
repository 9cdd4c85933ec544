import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { queryContextOf } from '@tessera-crm/model/query/query-context.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LocalRecords } from './local-records.ts';
import { MemoryStorage } from './memory-storage.ts';
import { give } from './testing/give.ts';

const registry = builtInRegistry();
const asker = { registry, identity: { type: 'system' }, settings: defaultSettings } as const;

const localRecords = (stored: readonly AnyRecord[] = []) => {
  const told: string[] = [];
  const storage = Object.assign(new MemoryStorage(), {
    records: async () =>
      stored.map((record) => ({
        module: 'accounts',
        id: record.id,
        held: { version: record.version, asOf: 0, aclSeq: 0 },
        record,
      })),
  });
  const records = new LocalRecords({
    registry,
    storage: () => storage,
    context: () => queryContextOf(asker, '2026-06-15T10:00:00.000Z'),
    changed: (module, id) => void told.push(`${module} ${id}`),
  });
  const tell = (record: AnyRecord | null, asked?: number): void =>
    give(records, [{ module: 'accounts', id: 'neri', record }], asked);
  const shown = () => records.shown.get('accounts', 'neri');
  return { records, give: tell, shown, told };
};

const neri = (version: number, values: Readonly<Record<string, unknown>> = {}): AnyRecord => ({
  id: 'neri',
  version,
  ...values,
});

describe('LocalRecords', () => {
  it('keeps what is newer, in whichever order it comes', () => {
    const { give, shown } = localRecords();
    give(neri(2));
    give(neri(1));
    assert.equal(shown()?.version, 2);
    give(neri(3));
    assert.equal(shown()?.version, 3);
  });

  it('brings nothing back that is gone, by an answer to what was asked before', () => {
    const { records, give, shown } = localRecords();
    give(neri(1));
    const before = records.moment;
    give(null);
    give(neri(1), before);
    give(neri(5), before);
    assert.equal(shown(), undefined);
    give(neri(6), records.moment);
    assert.equal(shown()?.version, 6);
  });

  it('brings nothing back that is gone, from storage', async () => {
    const { records, give, shown } = localRecords([neri(1)]);
    const loading = records.load('accounts');
    give(null);
    await loading;
    assert.equal(shown(), undefined);
  });

  it('keeps what an answer to a change brought, where others have the same version and are older', () => {
    const { records, give, shown } = localRecords();
    give(neri(1, { lastActivityAt: null }));
    const before = records.moment;
    give(neri(1, { lastActivityAt: '2026-06-15T10:00:00.000Z' }));
    give(neri(1, { lastActivityAt: null }), before);
    assert.equal(shown()?.['lastActivityAt'], '2026-06-15T10:00:00.000Z');
    give(neri(1, { lastActivityAt: null }), records.moment);
    assert.equal(shown()?.['lastActivityAt'], null);
  });

  it('tells of a change that is through, though it looks as before, and of nothing that is no news', () => {
    const { records, give, shown, told } = localRecords();
    give(neri(1, { name: 'Neri' }));
    records.overlay('a', [{ module: 'accounts', id: 'neri', isNew: false, values: { name: 'Bianchi' } }]);
    const before = told.length;
    give(neri(2, { name: 'Bianchi' }));
    records.overlay('a', undefined);
    assert.equal(shown()?.['name'], 'Bianchi');
    assert.ok(told.length > before);
    const after = told.length;
    give(neri(2, { name: 'Bianchi' }));
    give(neri(1, { name: 'Neri' }));
    assert.equal(told.length, after);
  });
});
