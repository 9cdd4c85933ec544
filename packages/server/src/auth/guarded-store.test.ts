import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { Change } from '@tessera-crm/model/change.js';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Where } from '@tessera-crm/model/query/query.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import { defaultSettings } from '@tessera-crm/model/settings.js';
import { MemoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { RecordStore } from '../backend.ts';
import type { Access } from './access.ts';
import { GuardedStore } from './guarded-store.ts';
import { policyOf } from './policy.ts';
import { readScopeClaims } from './scope-claims.ts';

const registry = builtInRegistry();

const idOf = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const giulia = idOf(1);
const bruno = idOf(2);
const acme = idOf(3);
const globex = idOf(4);
const own = idOf(11);
const hidden = idOf(12);
const foreign = idOf(13);
const internal = idOf(14);

const blank = (module: string, id: string, values: Readonly<Record<string, unknown>>): AnyRecord => ({
  id,
  version: 1,
  ...Object.fromEntries(
    Object.entries(registry.get(module).fields).map(([name, { options }]) => [name, options.default ?? null]),
  ),
  ...values,
});

const person = (first: string): object => ({ salutation: null, first, middle: null, last: 'Rossi', suffix: null });

const filled = (identity: Identity): MemoryStore =>
  new MemoryStore({ registry, identity })
    .fill('contacts', [
      blank('contacts', giulia, { name: person('Giulia'), primaryAccount: acme, description: 'pays late' }),
      blank('contacts', bruno, { name: person('Bruno'), primaryAccount: globex }),
    ])
    .fill('accounts', [blank('accounts', acme, { name: 'Acme' }), blank('accounts', globex, { name: 'Globex' })])
    .fill('tickets', [
      blank('tickets', own, {
        number: 'TK1',
        subject: 'Mine',
        contact: giulia,
        account: acme,
        portalVisible: true,
        status: 'new',
        serial: 'SECRET',
        priority: 'normal',
        kind: 'customer',
      }),
      blank('tickets', hidden, {
        number: 'TK2',
        subject: 'Hidden',
        contact: giulia,
        portalVisible: false,
        status: 'new',
        priority: 'normal',
        kind: 'customer',
      }),
      blank('tickets', foreign, {
        number: 'TK3',
        subject: 'Foreign',
        contact: bruno,
        account: globex,
        portalVisible: true,
        status: 'new',
        priority: 'urgent',
        kind: 'customer',
        duplicateOf: own,
      }),
    ])
    .fill('notes', [blank('notes', internal, { body: 'internal' })]);

interface Asker {
  readonly identity?: Identity;
  readonly scope?: readonly string[];
  readonly fieldPolicy?: Access['fieldPolicy'];
}

const storeOf = ({
  identity = { type: 'subject', module: 'contacts', id: giulia },
  scope,
  fieldPolicy = null,
}: Asker = {}) => {
  const memory = filled(identity);
  const access: Access = {
    tenant: { id: idOf(99), slug: 'demo', name: 'Demo', settings: defaultSettings },
    identity,
    fieldPolicy,
    scope: scope ? readScopeClaims(scope) : null,
    principal: 'test',
    origins: [],
    session: null,
    key: null,
    expiresAt: null,
  };
  const store = new GuardedStore({ store: memory as unknown as RecordStore, registry, policy: policyOf(access)! });
  return { store, memory };
};

const refusal = async (work: Promise<unknown>): Promise<CrmError> => {
  try {
    await work;
  } catch (error) {
    if (isCrmError(error)) return error;
    throw error;
  }
  return assert.fail('It was allowed.');
};

const codes = ({ code, issues }: CrmError): readonly string[] => [code, ...issues.map((issue) => issue.code)];

describe('what a customer sees', () => {
  let { store } = storeOf();
  beforeEach(() => ({ store } = storeOf()));

  test('are own, visible records with portal fields only', async () => {
    const { records } = await store.list('tickets');
    assert.deepEqual(
      records.map(({ id }) => id),
      [own],
    );
    const portal = registry.get('tickets').portal!;
    assert.deepEqual(Object.keys(records[0]!).toSorted(), ['id', 'version', ...portal.read].toSorted());
    assert.equal(JSON.stringify(records).includes('SECRET'), false);
  });

  test('is one record by its id, and nothing by any other', async () => {
    assert.equal((await store.get('tickets', own))['subject'], 'Mine');
    assert.equal((await store.get('contacts', giulia))['description'], undefined);
    const random = await refusal(store.get('tickets', idOf(77)));
    for (const [module, id] of [
      ['tickets', hidden],
      ['tickets', foreign],
      ['contacts', bruno],
      ['accounts', acme],
    ] as const) {
      const error = await refusal(store.get(module, id));
      assert.equal(error.code, 'not-found');
      assert.equal(
        error.message.replace(id, ''),
        random.message.replace(idOf(77), ''),
        'the refusal tells the two apart',
      );
    }
  });

  test('has no modules without a portal', async () => {
    for (const module of ['notes', 'users', 'leads', 'stages', 'nonsense']) {
      const error = await refusal(store.list(module));
      assert.deepEqual([error.code, error.message], ['not-found', `There is no module "${module}".`]);
      assert.equal((await refusal(store.aggregate(module, { measures: [{ fn: 'count' }] }))).code, 'not-found');
      assert.equal((await refusal(store.get(module, internal))).code, 'not-found');
      assert.equal(
        (await refusal(store.apply([{ op: 'create', module, id: idOf(50), values: {} }]))).code,
        'not-found',
      );
    }
  });

  test('cannot be widened by any filter', async () => {
    const tries: readonly Where[] = [
      { any: [{ subject: { empty: false } }, { subject: { empty: true } }] },
      { none: [{ subject: 'nothing' }] },
      { id: { in: [own, hidden, foreign] } },
      { id: { isNot: own } },
      { all: [] },
      { any: [{ all: [{ none: [] }] }] },
    ];
    for (const where of tries) {
      const { records, count } = await store.list('tickets', { where, count: 'exact', archived: 'with' });
      assert.ok(
        records.every(({ id }) => id === own),
        JSON.stringify(where),
      );
      assert.equal(count, records.length);
    }
  });

  test('cannot be asked about by hidden fields, which are as unknown as those that do not exist', async () => {
    const asked = async (field: string): Promise<readonly string[]> => [
      ...codes(await refusal(store.list('tickets', { where: { [field]: { empty: false } } }))),
      ...codes(await refusal(store.list('tickets', { where: { any: [{ none: [{ [field]: { is: null } }] }] } }))),
      ...codes(await refusal(store.list('tickets', { sort: [`-${field}`] }))),
      ...codes(await refusal(store.list('tickets', { fields: ['subject', field] }))),
      ...codes(await refusal(store.aggregate('tickets', { rows: [field], measures: [{ fn: 'count' }] }))),
      ...codes(await refusal(store.aggregate('tickets', { measures: [{ fn: 'min', field }] }))),
      ...codes(
        await refusal(store.aggregate('tickets', { where: { [field]: { empty: true } }, measures: [{ fn: 'count' }] })),
      ),
    ];
    const unknown = await asked('nonsense');
    for (const field of ['serial', 'contact', 'portalVisible', 'handleMinutes', 'createdBy', 'tags'])
      assert.deepEqual(await asked(field), unknown, field);
  });

  test('does not reach through relations into what is not theirs', async () => {
    for (const where of [
      { contact: { has: { name: { contains: 'bruno' } } } },
      { duplicateOf: { has: {} } },
      { duplicates: { some: {} } },
      { children: { none: {} } },
    ] as const)
      assert.deepEqual(
        [...new Set(codes(await refusal(store.list('tickets', { where }))))],
        ['validation', 'unknown-field'],
        JSON.stringify(where),
      );
    const where = { tickets: { none: {} } };
    assert.deepEqual(codes(await refusal(store.list('contacts', { where }))), ['validation', 'unknown-field']);
  });

  test('brings nothing along that they may not see', async () => {
    for (const path of ['contact', 'account', 'contact.primaryAccount', 'duplicateOf', 'owner', 'nonsense'])
      assert.deepEqual(
        codes(await refusal(store.list('tickets', { include: [path] }))),
        ['validation', 'not-a-link'],
        path,
      );
  });

  test('is searched by what they may read, not by what is hidden', async () => {
    assert.equal((await store.list('tickets', { search: 'mine' })).records.length, 1);
    assert.equal((await store.list('tickets', { search: 'secret' })).records.length, 0);
    assert.deepEqual(await store.aggregate('tickets', { search: 'secret', measures: [{ fn: 'count' }] }), [
      { keys: [], values: [0] },
    ]);
  });

  test('is counted without the records of others', async () => {
    assert.deepEqual(await store.aggregate('tickets', { rows: ['priority'], measures: [{ fn: 'count' }] }), [
      { keys: ['normal'], values: [1] },
    ]);
  });

  test('are neither the past nor the recycle bin', async () => {
    assert.equal((await refusal(store.history('tickets', own))).code, 'forbidden');
    assert.equal((await refusal(store.list('tickets', { deleted: 'only' }))).code, 'forbidden');
  });
});

describe('what a customer does', () => {
  const newId = idOf(60);
  const ticket = (values: Readonly<Record<string, unknown>>): Change => ({
    op: 'create',
    module: 'tickets',
    id: newId,
    values: { subject: 'Help', ...values },
  });

  test('is theirs, visible to them, and says by which door it came', async () => {
    const { store, memory } = storeOf();
    const [applied] = await store.apply([ticket({ contact: giulia, portalVisible: true })]);
    assert.ok(applied?.ok);
    assert.equal(applied.record?.['contact'], undefined);
    const { contact, portalVisible, channel } = await memory.get('tickets', newId);
    assert.deepEqual({ contact, portalVisible, channel }, { contact: giulia, portalVisible: true, channel: 'portal' });
    assert.equal((await store.list('tickets')).records.length, 2);
  });

  test('holds portal fields only, and no links that they forge', async () => {
    for (const [values, code] of [
      [{ contact: bruno }, 'unknown-field'],
      [{ account: globex }, 'unknown-field'],
      [{ portalVisible: false }, 'unknown-field'],
      [{ channel: 'phone' }, 'unknown-field'],
      [{ owner: { type: 'user', id: idOf(70) } }, 'unknown-field'],
      [{ status: 'closed' }, 'read-only'],
      [{ number: 'TK9' }, 'read-only'],
      [{ createdBy: { module: 'users', id: idOf(70) } }, 'unknown-field'],
      [{ product: idOf(71) }, 'missing-link'],
    ] as const) {
      const { store, memory } = storeOf();
      assert.deepEqual(
        codes(await refusal(store.apply([ticket(values)]))),
        ['validation', code],
        JSON.stringify(values),
      );
      assert.equal((await refusal(memory.get('tickets', newId))).code, 'not-found');
    }
  });

  test('reaches neither others nor what is hidden, by whichever change', async () => {
    for (const id of [foreign, hidden, idOf(77)])
      for (const change of [
        { op: 'act', module: 'tickets', id, action: 'comment', args: { body: 'x' } },
        { op: 'act', module: 'tickets', id, action: 'reopen', args: {} },
      ] as const) {
        const { store, memory } = storeOf();
        assert.equal((await refusal(store.apply([change]))).code, 'not-found');
        assert.equal((await refusal(store.apply([ticket({}), change]))).code, 'not-found');
        const [first, second] = await store.apply([ticket({}), change], { atomic: false });
        assert.deepEqual([first?.ok, second?.ok], [true, false]);
        assert.equal(memory.records.getAny('tickets', foreign)?.version, 1);
      }
  });

  test('is not let in by pretending to create what others own', async () => {
    const { store, memory } = storeOf();
    const changes: readonly Change[] = [
      { op: 'create', module: 'tickets', id: foreign, values: { subject: 'Mine now' } },
      { op: 'act', module: 'tickets', id: foreign, action: 'close', args: {} },
    ];
    const results = await store.apply(changes, { atomic: false });
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [false, false],
    );
    await refusal(store.apply(changes));
    assert.deepEqual(memory.records.getAny('tickets', foreign)?.['status'], 'new');
  });

  test('attaches documents to a ticket of the same batch, and to no ticket of others', async () => {
    const { store, memory } = storeOf();
    const attached = (ticket: string): Change => ({
      op: 'create',
      module: 'documents',
      id: idOf(71),
      values: { title: 'photo.png', type: 'file', file: 'f1', related: [{ module: 'tickets', id: ticket }] },
    });
    const ticket: Change = { op: 'create', module: 'tickets', id: idOf(70), values: { subject: 'Broken' } };
    assert.deepEqual((await refusal(store.apply([ticket, attached(foreign)]))).issues[0]?.code, 'missing-link');
    await store.apply([ticket, attached(idOf(70))]);
    assert.deepEqual(memory.records.getAny('documents', idOf(71))?.['sharedWith'], [
      { module: 'contacts', id: giulia },
    ]);
  });

  test('is neither deleting, restoring nor editing what the portal does not let them edit', async () => {
    const { store } = storeOf();
    for (const change of [
      { op: 'delete', module: 'tickets', id: own },
      { op: 'restore', module: 'tickets', id: own },
      { op: 'update', module: 'tickets', id: own, values: { subject: 'x' } },
      { op: 'create', module: 'salesOrders', id: newId, values: { subject: 'x', account: acme } },
      { op: 'update', module: 'contacts', id: bruno, values: { phones: null } },
    ] as const)
      assert.ok(
        ['forbidden', 'not-found'].includes((await refusal(store.apply([change]))).code),
        JSON.stringify(change),
      );
  });

  test('may be editing their own record where the portal says so', async () => {
    const { store, memory } = storeOf();
    const editable = registry.get('contacts').portal!.edit ?? [];
    assert.ok(editable.includes('language'));
    await store.apply([{ op: 'update', module: 'contacts', id: giulia, values: { language: 'it' } }]);
    assert.equal((await memory.get('contacts', giulia))['language'], 'it');
    assert.deepEqual(
      codes(
        await refusal(
          store.apply([
            { op: 'update', module: 'contacts', id: giulia, values: { description: 'x', isReference: true } },
          ]),
        ),
      ),
      ['validation', 'unknown-field', 'unknown-field'],
    );
  });

  test('is no action that is not theirs', async () => {
    const { store } = storeOf();
    assert.equal(
      (await refusal(store.apply([{ op: 'act', module: 'tickets', id: own, action: 'merge', args: {} }]))).code,
      'not-found',
    );
  });
});

describe('an account as a customer', () => {
  test('sees its own tickets and its own record only', async () => {
    const { store } = storeOf({ identity: { type: 'subject', module: 'accounts', id: globex } });
    assert.deepEqual(
      (await store.list('tickets')).records.map(({ id }) => id),
      [foreign],
    );
    assert.deepEqual(
      (await store.list('accounts')).records.map(({ id }) => id),
      [globex],
    );
    assert.deepEqual((await store.list('contacts')).records, []);
  });
});

describe('a token with a scope', () => {
  const identity: Identity = { type: 'user', id: idOf(90), admin: true };

  test('reads what it says and nothing else, also through relations', async () => {
    const { store } = storeOf({ identity, scope: ['tickets:read'] });
    assert.equal((await store.list('tickets')).records.length, 3);
    assert.equal((await store.list('tickets', { fields: ['serial'] })).records[0]?.['serial'], 'SECRET');
    for (const work of [
      () => store.list('contacts'),
      () => store.list('tickets', { include: ['contact'] }),
      () => store.list('tickets', { where: { contact: { has: { name: { contains: 'x' } } } } }),
      () => store.apply([{ op: 'update', module: 'tickets', id: own, values: { subject: 'x' } }]),
      () => store.apply([{ op: 'delete', module: 'tickets', id: own }]),
      () => store.apply([{ op: 'act', module: 'tickets', id: own, action: 'close', args: {} }]),
    ])
      assert.equal((await refusal(work())).code, 'forbidden');
  });

  test('writes without reading only if that is what it says, and then sees no fields', async () => {
    const { store } = storeOf({ identity, scope: ['tickets:create'] });
    const [applied] = await store.apply([{ op: 'create', module: 'tickets', id: idOf(61), values: { subject: 'x' } }]);
    assert.ok(applied?.ok);
    assert.deepEqual(applied.record, { id: idOf(61), version: 1 });
    assert.equal((await refusal(store.get('tickets', own))).code, 'forbidden');
  });

  test('may be narrowed to some fields', async () => {
    const { store } = storeOf({ identity, fieldPolicy: { tickets: ['subject'] } });
    assert.deepEqual(Object.keys(await store.get('tickets', own)).toSorted(), ['id', 'subject', 'version']);
    assert.deepEqual(codes(await refusal(store.list('tickets', { sort: ['number'] }))), [
      'validation',
      'unknown-field',
    ]);
    assert.equal((await store.list('contacts')).records.length, 2);
  });
});
