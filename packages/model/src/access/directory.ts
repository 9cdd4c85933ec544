import type { Where } from '../query/query.ts';
import type { Level } from './level.ts';
import type { Profile } from './profile.ts';

/** Some of the people here: one, those of a role, of a role and all roles below it, or of a group. */
export interface Party {
  readonly type: 'user' | 'role' | 'roleTree' | 'group';
  readonly id: string;
}

export interface Member {
  readonly isAdmin: boolean;
  readonly role: string | null;
  readonly profiles: readonly string[];
}

/** A place in the one tree of roles. */
export interface Role {
  readonly parent: string | null;
  /** What everybody in this role has, beside profiles of their own. */
  readonly profiles: readonly string[];
  /** Whether those in this role reach what those below them own. */
  readonly seesSubordinates: boolean;
  /** Whether those in this role read what the others in it own. */
  readonly seesPeers: boolean;
}

export interface Group {
  readonly members: readonly Party[];
}

/**
 * What the records of a module are to whoever does not own them: nothing, or so much. `record`: shares count, and
 * neither roles nor rules do.
 */
export type Mode = 'private' | Level | 'record';

/** The owners' records reach the others as well. */
export interface SharingRule {
  readonly from: Party;
  readonly to: Party;
  readonly level: Level;
  /** Only those that match; null for all of them. */
  readonly condition: Where | null;
}

export interface Sharing {
  readonly mode: Mode;
  readonly rules: readonly SharingRule[];
}

/** Who is who among the people of a tenant, and what they share. Everything is found by its id. */
export interface Directory {
  readonly users: ReadonlyMap<string, Member>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** By module. */
  readonly sharing: ReadonlyMap<string, Sharing>;
}

/** Where nothing is said of a module: what everybody has is everybody's. */
export const openSharing: Sharing = { mode: 'full', rules: [] };
