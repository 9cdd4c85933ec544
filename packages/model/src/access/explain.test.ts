import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';
import { deals } from '../modules/sales/deals.ts';
import { tickets } from '../modules/service/tickets.ts';
import { matches } from '../query/matches.ts';
import type { QueryContext } from '../query/query-context.ts';
import { Registry } from '../registry.ts';
import type { Directory, Member, Sharing } from './directory.ts';
import { explain, type Asked, type Explanation } from './explain.ts';
import { People } from './people.ts';
import { doings, type Profile } from './profile.ts';
import { Scopes, type Ground } from './scope.ts';

const registry = new Registry([deals, tickets]);

const now = '2026-06-15T10:00:00.000Z';

const context: QueryContext = { registry, now, timeZone: 'Europe/Rome', weekStart: 1, fiscalYearStart: 1, me: null };

const memory = new RecordMap(registry);

const allButDelete = new Set(doings.filter((doing) => doing !== 'delete'));

const profiles: Readonly<Record<string, Profile>> = {
  everything: { modules: new Map(), others: new Set(doings), fields: new Map() },
  careful: { modules: new Map([['deals', allButDelete]]), others: new Set(doings), fields: new Map() },
  discreet: {
    modules: new Map(),
    others: new Set(),
    fields: new Map([
      [
        'deals',
        new Map([
          ['amount', 'hidden'],
          ['probability', 'read'],
        ]),
      ],
    ]),
  },
};

const member = (role: string | null, profile = 'everything'): Member => ({ isAdmin: false, role, profiles: [profile] });

const role = (parent: string | null) => ({ parent, profiles: [], seesSubordinates: true, seesPeers: false });

/** CEO > Sales Manager > {Rep North, Rep South}; Marketing is a group of its own. */
const people: Omit<Directory, 'sharing'> = {
  users: new Map([
    ['ceo', member('CEO')],
    ['manager', member('Sales Manager')],
    ['ada', member('Rep North')],
    ['bea', member('Rep South', 'careful')],
    ['mara', member(null)],
    ['admin', { isAdmin: true, role: null, profiles: [] }],
    ['sven', { isAdmin: false, role: 'Service', profiles: ['everything', 'discreet'] }],
    ['stage', member('Service Trainee')],
  ]),
  roles: new Map([
    ['CEO', role(null)],
    ['Sales Manager', role('CEO')],
    ['Rep North', role('Sales Manager')],
    ['Rep South', role('Sales Manager')],
    ['Service', role('CEO')],
    ['Service Trainee', role('Service')],
  ]),
  groups: new Map([
    ['Marketing', { members: [{ type: 'user', id: 'mara' }] }],
    [
      'Support',
      {
        members: [
          { type: 'user', id: 'bea' },
          { type: 'roleTree', id: 'Service' },
        ],
      },
    ],
  ]),
  profiles: new Map(Object.entries(profiles)),
};

const sharingWith = (rules: Sharing['rules']): Directory => ({
  ...people,
  sharing: new Map<string, Sharing>([
    ['deals', { mode: 'private', rules }],
    ['tickets', { mode: 'private', rules: [] }],
  ]),
});

const closed = sharingWith([]);

const toMarketing = sharingWith([
  { from: { type: 'role', id: 'Rep North' }, to: { type: 'group', id: 'Marketing' }, level: 'read', condition: null },
]);

const ownedBy = (type: 'user' | 'group', id: string): AnyRecord => ({ id, version: 1, owner: { type, id } });

interface Question extends Omit<Asked, 'module'>, Partial<Pick<Asked, 'module'>> {
  readonly record?: AnyRecord;
}

const asking = async ({ record, module = deals, ...asked }: Question, directory = closed): Promise<Explanation> => {
  const scopes = new Scopes(asked.user, { directory, people: new People(directory), context });
  const leads = record ? ({ filter }: Ground): boolean => matches(module, record, filter, memory) : null;
  return explain({ module, ...asked }, { directory, scopes, leads });
};

/** How far somebody reaches into a deal of somebody. */
const levelOf = async (user: string, owner: string, directory = closed): Promise<unknown> => {
  const { gates } = await asking({ user, doing: 'view', record: ownedBy('user', owner) }, directory);
  return gates.flatMap((gate) => (gate.gate === 'record' ? gate.level : []))[0];
};

const shutGates = ({ gates }: Explanation): readonly string[] =>
  gates.filter(({ isOpen }) => !isOpen).map(({ gate }) => gate);

describe('a deal of a tree of roles', () => {
  it('is its owner’s and their superiors’, and nobody else’s', async () => {
    const all = await Promise.all(['ada', 'manager', 'ceo', 'bea', 'mara'].map((user) => levelOf(user, 'ada')));
    assert.deepEqual(all, ['full', 'full', 'full', null, null]);
  });

  it('is read by those to whom a rule gives it, and others of other roles are not', async () => {
    assert.equal(await levelOf('mara', 'ada', toMarketing), 'read');
    assert.equal(await levelOf('mara', 'bea', toMarketing), null);
    const { gates } = await asking({ user: 'mara', doing: 'edit', record: ownedBy('user', 'ada') }, toMarketing);
    const [gate] = gates.filter((one) => one.gate === 'record');
    assert.deepEqual([gate?.isOpen, gate?.grounds.map(({ reason }) => reason)], [false, ['rule']]);
  });

  it('cannot be deleted by its owner whose profile does not say so, and that is why', async () => {
    const why = await asking({ user: 'bea', doing: 'delete', record: ownedBy('user', 'bea') });
    assert.deepEqual([why.isAllowed, shutGates(why)], [false, ['profile']]);
    assert.deepEqual(shutGates(await asking({ user: 'bea', doing: 'edit', record: ownedBy('user', 'bea') })), []);
    assert.deepEqual(shutGates(await asking({ user: 'bea', doing: 'delete', record: ownedBy('user', 'ada') })), [
      'profile',
      'record',
    ]);
  });

  it('is everything to whoever administers, and nothing to a stranger', async () => {
    assert.equal((await asking({ user: 'admin', doing: 'delete', record: ownedBy('user', 'ada') })).isAllowed, true);
    assert.deepEqual(shutGates(await asking({ user: 'nobody', doing: 'view', record: ownedBy('user', 'ada') })), [
      'profile',
      'record',
    ]);
  });
});

describe('a ticket of a group', () => {
  it('is everything to its members, by name, by role and by a role below', async () => {
    const record = ownedBy('group', 'Support');
    const all = await Promise.all(
      ['bea', 'sven', 'stage', 'ada'].map((user) => asking({ user, doing: 'edit', module: tickets, record })),
    );
    assert.deepEqual(
      all.map(({ isAllowed }) => isAllowed),
      [true, true, true, false],
    );
  });
});

describe('a field', () => {
  const access = async (user: string, field: string): Promise<readonly boolean[]> => {
    const both = await Promise.all((['view', 'edit'] as const).map((doing) => asking({ user, doing, field })));
    return both.map(({ isAllowed }) => isAllowed);
  };

  it('that one profile hides is hidden, whatever another one says', async () => {
    assert.deepEqual(await access('sven', 'amount'), [false, false]);
  });

  it('that one profile lets be read may be written where another one says so', async () => {
    assert.deepEqual(await access('sven', 'probability'), [true, true]);
  });
});
