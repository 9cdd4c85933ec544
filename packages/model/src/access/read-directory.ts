import type { AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Directory, Group, Member, Mode, Party, Role, Sharing } from './directory.ts';
import type { Level } from './level.ts';
import type { Doing, FieldAccess, Profile } from './profile.ts';

/** What has to be known of users. */
export const userFields = ['isAdmin', 'role', 'profiles'] as const;

/** The records that say who may do what, by module. */
export type PeopleRecords = Readonly<
  Record<'users' | 'roles' | 'groups' | 'profiles' | 'sharingRules', readonly AnyRecord[]>
>;

/** Takes the directory of a tenant from its records. */
export const readDirectory = ({ users, roles, groups, profiles, sharingRules }: PeopleRecords): Directory => ({
  users: byId(users, memberOf),
  roles: byId(roles, roleOf),
  groups: byId(groups, groupOf),
  profiles: byId(profiles, profileOf),
  sharing: new Map(sharingRules.map((record) => [record['module'] as string, sharingOf(record)])),
});

const byId = <T>(records: readonly AnyRecord[], read: (record: AnyRecord) => T): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, read(record)]));

const listOf = <T>(value: unknown): readonly T[] => (value ?? []) as readonly T[];

const linkOf = (value: unknown): string | null => (value ?? null) as string | null;

const memberOf = (user: AnyRecord): Member => ({
  isAdmin: user['isAdmin'] === true,
  role: linkOf(user['role']),
  profiles: listOf(user['profiles']),
});

const roleOf = (role: AnyRecord): Role => ({
  parent: linkOf(role['parent']),
  profiles: listOf(role['profiles']),
  seesSubordinates: role['canViewSubordinates'] !== false,
  seesPeers: role['peersVisible'] === true,
});

const groupOf = ({ members, roleTrees }: AnyRecord): Group => ({
  members: [
    ...listOf<AnyLink>(members).flatMap((member): readonly Party[] => partyOf(member, false) ?? []),
    ...listOf<string>(roleTrees).map((id): Party => ({ type: 'roleTree', id })),
  ],
});

const types: Readonly<Record<string, Party['type']>> = { users: 'user', roles: 'role', groups: 'group' };

const partyOf = ({ module, id }: AnyLink, isWithBelow: boolean): Party[] | null => {
  const type = types[module];
  return type ? [{ type: type === 'role' && isWithBelow ? 'roleTree' : type, id }] : null;
};

interface ModuleRow {
  readonly module: string;
  readonly may: readonly Doing[] | null;
}

interface FieldRow {
  readonly module: string;
  readonly field: string;
  readonly access: FieldAccess;
}

const profileOf = ({ otherModules, modules, fields }: AnyRecord): Profile => ({
  modules: new Map(listOf<ModuleRow>(modules).map(({ module, may }) => [module, new Set(may ?? [])])),
  others: new Set(listOf<Doing>(otherModules)),
  fields: new Map(
    [...Map.groupBy(listOf<FieldRow>(fields), ({ module }) => module)].map(([module, rows]) => [
      module,
      new Map(rows.map(({ field, access }) => [field, access])),
    ]),
  ),
});

const modes: Readonly<Record<string, Mode>> = {
  private: 'private',
  public_read: 'read',
  public_write: 'write',
  public_full: 'full',
  record_level: 'record',
};

interface RuleRow {
  readonly from: AnyLink;
  readonly fromBelow: boolean | null;
  readonly to: AnyLink;
  readonly toBelow: boolean | null;
  readonly access: Level;
  readonly condition: Where | null;
}

/** What cannot be understood shares nothing. */
const sharingOf = ({ default: mode, rules }: AnyRecord): Sharing => ({
  mode: modes[mode as string] ?? 'private',
  rules: listOf<RuleRow>(rules).flatMap(({ from, fromBelow, to, toBelow, access, condition }) => {
    const [[giver], [taker]] = [partyOf(from, fromBelow === true) ?? [], partyOf(to, toBelow === true) ?? []];
    return giver && taker ? [{ from: giver, to: taker, level: access, condition: condition ?? null }] : [];
  }),
});
