/** What one does with the records of a module. */
export const doings = ['view', 'create', 'edit', 'delete', 'export', 'import', 'massUpdate', 'merge', 'print'] as const;

export type Doing = (typeof doings)[number];

/** What a field is to somebody, each more than the one before. */
export const fieldAccesses = ['hidden', 'read', 'write'] as const;

export type FieldAccess = (typeof fieldAccesses)[number];

/** What some people may do, whatever the record. */
export interface Profile {
  /** By module. */
  readonly modules: ReadonlyMap<string, ReadonlySet<Doing>>;
  /** In modules that are not named. */
  readonly others: ReadonlySet<Doing>;
  /** By module and field; what is not named may be written. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, FieldAccess>>;
}

/** What somebody may do in a module, by all their profiles together. */
export interface ModuleRights {
  readonly doings: ReadonlySet<Doing>;
  /** What is not named may be written. */
  readonly fields: ReadonlyMap<string, FieldAccess>;
}

/** What one profile allows is allowed, but a field that one of them hides is hidden. */
export const rightsBy = (profiles: readonly Profile[], module: string): ModuleRights => {
  const allowed = profiles.flatMap((profile) => [...(profile.modules.get(module) ?? profile.others)]);
  const named = new Set(profiles.flatMap(({ fields }) => [...(fields.get(module)?.keys() ?? [])]));
  const accessTo = (field: string): FieldAccess => {
    const all = profiles.map(({ fields }) => fields.get(module)?.get(field) ?? 'write');
    return all.includes('hidden') ? 'hidden' : fieldAccesses.findLast((access) => all.includes(access))!;
  };
  return { doings: new Set(allowed), fields: new Map(Array.from(named, (field) => [field, accessTo(field)])) };
};
