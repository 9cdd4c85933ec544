import type { Module } from '../module.ts';
import { everything, nothing, type Filter } from '../query/filter.ts';
import { parseWhere } from '../query/parse-where.ts';
import { linkTarget } from '../query/plan.ts';
import type { QueryContext } from '../query/query-context.ts';
import { openSharing, type Directory, type Sharing, type SharingRule } from './directory.ts';
import { reaches, type Level } from './level.ts';
import type { People } from './people.ts';

/** Why somebody reaches records, in the order of CATALOGUE E-04. */
export type Reason =
  'admin' | 'owner' | 'group' | 'collaborator' | 'everybody' | 'superior' | 'peer' | 'rule' | 'parent';

/** One way to reach records of a module: which of them, how far, and why. */
export interface Ground {
  readonly reason: Reason;
  readonly level: Level;
  readonly filter: Filter;
  /** By which link, or rule. */
  readonly by?: string | SharingRule;
}

export interface ScopeOptions {
  readonly directory: Directory;
  readonly people: People;
  readonly context: QueryContext;
}

/**
 * The records that one person reaches. Each ground is a filter, which all engines understand: what a list shows, what a
 * count counts and what an explanation says are the same rule.
 */
export class Scopes {
  readonly #options: ScopeOptions;
  readonly #user: string;
  readonly #grounds = new Map<string, readonly Ground[]>();

  constructor(user: string, options: ScopeOptions) {
    this.#user = user;
    this.#options = options;
  }

  /** The records of a module that the person reaches so far; `everything` and `nothing` where that is so. */
  of(module: Module, wanted: Level): Filter {
    const filters = this.grounds(module).filter(({ level }) => reaches(level, wanted));
    if (filters.some(({ filter }) => filter === everything)) return everything;
    const of = filters.flatMap(({ filter }) => (filter === nothing ? [] : [filter]));
    return of.length === 0 ? nothing : of.length === 1 ? of[0]! : { type: 'any', of };
  }

  /** All ways to reach records of a module. */
  grounds(module: Module): readonly Ground[] {
    let found = this.#grounds.get(module.key);
    if (!found) {
      // whoever comes here again, by way of parents, finds no further ground
      this.#grounds.set(module.key, []);
      this.#grounds.set(module.key, (found = this.#find(module)));
    }
    return found;
  }

  #find(module: Module): readonly Ground[] {
    const { directory } = this.#options;
    const member = directory.users.get(this.#user);
    if (!member) return [];
    if (member.isAdmin) return [{ reason: 'admin', level: 'full', filter: everything }];
    const sharing = directory.sharing.get(module.key) ?? openSharing;
    return [...this.#own(), ...this.#shared(module, sharing), ...this.#inherited(module)];
  }

  #own(): readonly Ground[] {
    const groups = this.#options.people.groupsOf(this.#user).map((id) => `group:${id}`);
    return [
      { reason: 'owner', level: 'full', filter: ownedBy([`user:${this.#user}`]) },
      { reason: 'group', level: 'full', filter: ownedBy(groups) },
      { reason: 'collaborator', level: 'write', filter: collaborating(this.#user) },
    ];
  }

  #shared(module: Module, { mode, rules }: Sharing): readonly Ground[] {
    if (mode === 'record') return [];
    const open: readonly Ground[] =
      mode === 'private' ? [] : [{ reason: 'everybody', level: mode, filter: everything }];
    return [...open, ...this.#byRole(), ...rules.flatMap((rule) => this.#byRule(module, rule))];
  }

  #byRole(): readonly Ground[] {
    const { directory, people } = this.#options;
    const role = directory.users.get(this.#user)?.role ?? null;
    const place = role === null ? undefined : directory.roles.get(role);
    if (role === null || !place) return [];
    const owners = (users: readonly string[]): Filter => ownedBy(users.map((id) => `user:${id}`));
    return [
      ...(place.seesSubordinates
        ? [{ reason: 'superior', level: 'full', filter: owners(people.below(role)) } as const]
        : []),
      ...(place.seesPeers ? [{ reason: 'peer', level: 'read', filter: owners(people.inRole(role)) } as const] : []),
    ];
  }

  #byRule(module: Module, rule: SharingRule): readonly Ground[] {
    const { people, context } = this.#options;
    if (!people.isIn(rule.to, this.#user)) return [];
    const owned = ownedBy([...people.ownersIn(rule.from)]);
    const filter = rule.condition === null ? owned : bothOf(owned, conditionOf(module, rule, context));
    return [{ reason: 'rule', level: rule.level, filter, by: rule }];
  }

  /** Who reads a record reads what belongs to it, in modules that say so. */
  #inherited(module: Module): readonly Ground[] {
    const { registry } = this.#options.context;
    return module.inherits.flatMap((field): readonly Ground[] => {
      const target = linkTarget(module.fields[field]!);
      const parent = target === undefined ? undefined : registry.find(target);
      if (!parent) return [];
      const seen = this.of(parent, 'read');
      const filter: Filter = seen === nothing ? nothing : { type: 'has', field, module: parent.key, filter: seen };
      return [{ reason: 'parent', level: 'read', filter, by: field }];
    });
  }
}

const ownedBy = (owners: readonly string[]): Filter =>
  owners.length === 0 ? nothing : { type: 'test', field: 'owner', test: { op: 'in', keys: owners }, negate: false };

const collaborating = (user: string): Filter => ({
  type: 'test',
  field: 'collaborators',
  test: { op: 'oneIs', key: user },
  negate: false,
});

const bothOf = (one: Filter, other: Filter): Filter =>
  one === nothing || other === nothing ? nothing : { type: 'all', of: [one, other] };

/** A rule that speaks of a field that is no more shares nothing. */
const conditionOf = (module: Module, { condition }: SharingRule, context: QueryContext): Filter => {
  try {
    return parseWhere(module, condition, context);
  } catch {
    return nothing;
  }
};
