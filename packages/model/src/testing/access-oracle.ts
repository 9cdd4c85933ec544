import type { Directory, Party } from '../access/directory.ts';
import { reaches, type Level } from '../access/level.ts';
import type { RecordMap } from '../memory/record-map.ts';
import type { AnyRecord } from '../module.ts';

/** What CATALOGUE E-04 says, told once more for one record and one person, as plainly as can be. */
export class AccessOracle {
  readonly #directory: Directory;
  readonly #memory: RecordMap;

  constructor(directory: Directory, memory: RecordMap) {
    this.#directory = directory;
    this.#memory = memory;
  }

  reaches(user: string, module: string, record: AnyRecord, wanted: Level): boolean {
    const { users: all, sharing } = this.#directory;
    const member = all.get(user)!;
    if (member.isAdmin) return true;
    const owner = record['owner'] as { readonly type: string; readonly id: string } | null;
    if (owner?.type === 'user' && owner.id === user) return true;
    if (owner?.type === 'group' && this.#isAmong({ type: 'group', id: owner.id }, `user:${user}`)) return true;
    if (wanted !== 'full' && ((record['collaborators'] ?? []) as readonly string[]).includes(user)) return true;
    const { mode, rules } = sharing.get(module) ?? { mode: 'full', rules: [] };
    if (wanted === 'read' && module === 'contacts' && this.#readsParent(user, record)) return true;
    if (mode === 'record') return false;
    if (mode !== 'private' && reaches(mode, wanted)) return true;
    if (owner?.type === 'user' && this.#isAbove(user, owner.id)) return true;
    if (wanted === 'read' && owner?.type === 'user' && this.#isPeer(user, owner.id)) return true;
    return rules.some(
      ({ from, to, level, condition }) =>
        reaches(level, wanted) &&
        owner !== null &&
        this.#isAmong(from, `${owner.type}:${owner.id}`) &&
        this.#isAmong(to, `user:${user}`) &&
        (condition === null || condition['leadSource'] === record['leadSource']),
    );
  }

  #readsParent(user: string, record: AnyRecord): boolean {
    const parent = this.#memory.get('accounts', record['primaryAccount'] as string);
    return parent !== undefined && this.reaches(user, 'accounts', parent, 'read');
  }

  #roleOf(user: string): string | null {
    return this.#directory.users.get(user)?.role ?? null;
  }

  #isAbove(user: string, owner: string): boolean {
    const [mine, theirs] = [this.#roleOf(user), this.#roleOf(owner)];
    if (mine === null || theirs === null || mine === theirs) return false;
    return this.#directory.roles.get(mine)!.seesSubordinates && this.#isUnder(theirs, mine);
  }

  #isPeer(user: string, owner: string): boolean {
    const role = this.#roleOf(user);
    return role !== null && role === this.#roleOf(owner) && this.#directory.roles.get(role)!.seesPeers;
  }

  /** Whether a role is another one, or stands anywhere below it. */
  #isUnder(role: string, above: string, walked: readonly string[] = []): boolean {
    if (role === above) return true;
    const parent = this.#directory.roles.get(role)?.parent ?? null;
    return parent !== null && !walked.includes(role) && this.#isUnder(parent, above, [...walked, role]);
  }

  #isAmong({ type, id }: Party, who: string, walked: readonly string[] = []): boolean {
    const user = who.startsWith('user:') ? who.slice('user:'.length) : undefined;
    const role = user === undefined ? null : this.#roleOf(user);
    if (type === 'user') return user === id;
    if (type === 'role') return role === id;
    if (type === 'roleTree') return role !== null && this.#isUnder(role, id);
    if (walked.includes(id)) return false;
    const group = this.#directory.groups.get(id);
    if (!group) return false;
    return who === `group:${id}` || group.members.some((member) => this.#isAmong(member, who, [...walked, id]));
  }
}
