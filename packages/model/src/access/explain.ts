import type { AnyRecord, Module } from '../module.ts';
import { matches, type Neighbours } from '../query/matches.ts';
import type { Directory } from './directory.ts';
import { highest, reaches, type Level } from './level.ts';
import { rightsBy, type Doing, type ModuleRights, type Profile } from './profile.ts';
import type { Ground, Scopes } from './scope.ts';

/** How far one has to reach into a record for what one does with it; null where there is none yet. */
export const levelFor: Readonly<Record<Doing, Level | null>> = {
  view: 'read',
  create: null,
  edit: 'write',
  delete: 'full',
  export: 'read',
  import: null,
  massUpdate: 'write',
  merge: 'full',
  print: 'read',
};

/** One of the questions that all have to be answered with yes. */
export type Gate =
  /** Whether one of the person's profiles allows it. */
  | { readonly gate: 'profile'; readonly isOpen: boolean; readonly profiles: readonly string[] }
  /** Whether the person reaches the record so far. */
  | {
      readonly gate: 'record';
      readonly isOpen: boolean;
      readonly wanted: Level;
      readonly level: Level | null;
      readonly grounds: readonly Ground[];
    }
  /** Whether the person may do so with the field. */
  | { readonly gate: 'field'; readonly isOpen: boolean; readonly access: string };

export interface Explanation {
  readonly isAllowed: boolean;
  readonly gates: readonly Gate[];
}

export interface Asked {
  readonly user: string;
  readonly doing: Doing;
  readonly module: Module;
  /** Absent for what one does with no record, or with none in particular. */
  readonly record?: AnyRecord;
  readonly field?: string;
}

export interface ExplainOptions {
  readonly directory: Directory;
  readonly scopes: Scopes;
  readonly neighbours: Neighbours;
}

/** The profiles of somebody: their own, and those of their role. */
export const profilesOf = ({ users, roles }: Directory, user: string): readonly string[] => {
  const member = users.get(user);
  const role = member?.role ?? null;
  return [...new Set([...(member?.profiles ?? []), ...((role !== null && roles.get(role)?.profiles) || [])])];
};

/** What somebody may do in a module, whatever the record; null for all of it. */
export const moduleRights = (directory: Directory, user: string, module: string): ModuleRights | null => {
  if (directory.users.get(user)?.isAdmin) return null;
  const profiles = profilesOf(directory, user).flatMap((id): readonly Profile[] => {
    const profile = directory.profiles.get(id);
    return profile ? [profile] : [];
  });
  return rightsBy(profiles, module);
};

/** Those of the ways to reach records that lead to this one. */
export const groundsFor = (grounds: readonly Ground[], module: Module, { record, neighbours }: Looked) =>
  grounds.filter(({ filter }) => matches(module, record, filter, neighbours));

interface Looked {
  readonly record: AnyRecord;
  readonly neighbours: Neighbours;
}

/** Whether somebody may do something, gate by gate: CATALOGUE E-04. */
export const explain = (asked: Asked, options: ExplainOptions): Explanation => {
  const gates = [...profileGate(asked, options), ...recordGate(asked, options), ...fieldGate(asked, options)];
  return { isAllowed: gates.every(({ isOpen }) => isOpen), gates };
};

const profileGate = ({ user, doing, module }: Asked, { directory }: ExplainOptions): readonly Gate[] => {
  const rights = moduleRights(directory, user, module.key);
  const isOpen = directory.users.has(user) && (rights === null || rights.doings.has(doing));
  return [{ gate: 'profile', isOpen, profiles: profilesOf(directory, user) }];
};

const recordGate = ({ doing, module, record }: Asked, { scopes, neighbours }: ExplainOptions): readonly Gate[] => {
  const wanted = levelFor[doing];
  if (!record || wanted === null) return [];
  const grounds = groundsFor(scopes.grounds(module), module, { record, neighbours });
  const level = highest(grounds.map((ground) => ground.level));
  return [{ gate: 'record', isOpen: reaches(level, wanted), wanted, level, grounds }];
};

const fieldGate = ({ user, doing, module, field }: Asked, { directory }: ExplainOptions): readonly Gate[] => {
  if (field === undefined) return [];
  const access = moduleRights(directory, user, module.key)?.fields.get(field) ?? 'write';
  const isWriting = doing === 'edit' || doing === 'create' || doing === 'import' || doing === 'massUpdate';
  return [{ gate: 'field', isOpen: isWriting ? access === 'write' : access === 'read' || access === 'write', access }];
};
