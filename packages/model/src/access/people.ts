import type { Directory, Party } from './directory.ts';

/**
 * Who stands where: roles below roles, groups in groups. Trees that are no trees, by a mistake or by two changes at once,
 * end where they begin.
 */
export class People {
  readonly #directory: Directory;
  readonly #below = new Map<string, readonly string[]>();
  readonly #subtrees = new Map<string, ReadonlySet<string>>();
  readonly #inRole = new Map<string, readonly string[]>();
  readonly #owners = new Map<string, ReadonlySet<string>>();

  constructor(directory: Directory) {
    this.#directory = directory;
    for (const [id, { parent }] of directory.roles) if (parent !== null) push(this.#below, parent, id);
    for (const [id, { role }] of directory.users) if (role !== null) push(this.#inRole, role, id);
  }

  /** A role and all those below it. */
  subtree(role: string): ReadonlySet<string> {
    let found = this.#subtrees.get(role);
    if (!found) this.#subtrees.set(role, (found = closure(role, (id) => this.#below.get(id) ?? [])));
    return found;
  }

  /** Those in a role itself. */
  inRole(role: string): readonly string[] {
    return this.#inRole.get(role) ?? [];
  }

  /** Those in any role below this one. */
  below(role: string): readonly string[] {
    return [...this.subtree(role)].filter((one) => one !== role).flatMap((one) => this.inRole(one));
  }

  /** The groups that somebody is in, through others as well. */
  groupsOf(user: string): readonly string[] {
    return [...this.#directory.groups.keys()].filter((id) => this.isIn({ type: 'group', id }, user));
  }

  isIn(party: Party, user: string): boolean {
    return this.ownersIn(party).has(`user:${user}`);
  }

  /** All to whom a record may belong among a party, as records name them: `user:<id>`, `group:<id>`. */
  ownersIn(party: Party): ReadonlySet<string> {
    const key = `${party.type}:${party.id}`;
    let found = this.#owners.get(key);
    if (!found) this.#owners.set(key, (found = this.#ownersIn(party)));
    return found;
  }

  #ownersIn({ type, id }: Party): ReadonlySet<string> {
    const users = (ids: Iterable<string>): ReadonlySet<string> => new Set(Array.from(ids, (one) => `user:${one}`));
    if (type === 'user') return users(this.#directory.users.has(id) ? [id] : []);
    if (type === 'role') return users(this.inRole(id));
    if (type === 'roleTree') return users([...this.subtree(id)].flatMap((role) => this.inRole(role)));
    const groups = closure(id, (group) =>
      this.#membersOf(group).flatMap((one) => (one.type === 'group' ? one.id : [])),
    );
    const there = [...groups].filter((group) => this.#directory.groups.has(group));
    const members = there.flatMap((group) => this.#membersOf(group).filter((one) => one.type !== 'group'));
    return new Set([...there.map((group) => `group:${group}`), ...members.flatMap((one) => [...this.ownersIn(one)])]);
  }

  #membersOf(group: string): readonly Party[] {
    return this.#directory.groups.get(group)?.members ?? [];
  }
}

const push = (lists: Map<string, readonly string[]>, key: string, value: string): void =>
  void lists.set(key, [...(lists.get(key) ?? []), value]);

/** Everything that is reached from somewhere, itself as well. */
const closure = (from: string, next: (id: string) => readonly string[]): ReadonlySet<string> => {
  const found = new Set([from]);
  for (const id of found) for (const one of next(id)) found.add(one);
  return found;
};
