import type { Module } from '../module.ts';
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
  readonly field?: string | undefined;
}

export interface ExplainOptions {
  readonly directory: Directory;
  readonly scopes: Scopes;
  /** Whether a way to reach records leads to the one that is asked about; null where none is. */
  readonly leads: ((ground: Ground) => boolean | Promise<boolean>) | null;
}

/** The profiles of somebody: their own, and those of their role. */
export const profilesOf = ({ users, roles }: Directory, user: string): readonly string[] => {
  const member = users.get(user);
  const role = member?.role ?? null;
  return [...new Set([...(member?.profiles ?? []), ...((role !== null && roles.get(role)?.profiles) || [])])];
};

/** What somebody may do in a module, whatever the record; null for all of it, as where nobody has any profile. */
export const moduleRights = (directory: Directory, user: string, module: string): ModuleRights | null => {
  if (directory.profiles.size === 0 || directory.users.get(user)?.isAdmin) return null;
  const profiles = profilesOf(directory, user).flatMap((id): readonly Profile[] => {
    const profile = directory.profiles.get(id);
    return profile ? [profile] : [];
  });
  return rightsBy(profiles, module);
};

/** Whether somebody may do something, gate by gate: CATALOGUE E-04. */
export const explain = async (asked: Asked, options: ExplainOptions): Promise<Explanation> => {
  const gates = [...profileGate(asked, options), ...(await recordGate(asked, options)), ...fieldGate(asked, options)];
  return { isAllowed: gates.every(({ isOpen }) => isOpen), gates };
};

const profileGate = ({ user, doing, module }: Asked, { directory }: ExplainOptions): readonly Gate[] => {
  const rights = moduleRights(directory, user, module.key);
  const isOpen = directory.users.has(user) && (rights === null || rights.doings.has(doing));
  return [{ gate: 'profile', isOpen, profiles: profilesOf(directory, user) }];
};

const recordGate = async ({ doing, module }: Asked, { scopes, leads }: ExplainOptions): Promise<readonly Gate[]> => {
  const wanted = levelFor[doing];
  if (leads === null || wanted === null) return [];
  const grounds: Ground[] = [];
  for (const ground of scopes.grounds(module)) if (await leads(ground)) grounds.push(ground);
  const level = highest(grounds.map((ground) => ground.level));
  return [{ gate: 'record', isOpen: reaches(level, wanted), wanted, level, grounds }];
};

const fieldGate = ({ user, doing, module, field }: Asked, { directory }: ExplainOptions): readonly Gate[] => {
  if (field === undefined) return [];
  const access = moduleRights(directory, user, module.key)?.fields.get(field) ?? 'write';
  const isWriting = doing === 'edit' || doing === 'create' || doing === 'import' || doing === 'massUpdate';
  return [{ gate: 'field', isOpen: isWriting ? access === 'write' : access !== 'hidden', access }];
};
