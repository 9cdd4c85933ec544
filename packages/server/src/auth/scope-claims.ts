/** What one does with records. */
export const doings = ['read', 'create', 'edit', 'delete', 'act'] as const;

export type Doing = (typeof doings)[number];

/** By module or `*`: what is allowed there, perhaps `*`. */
export type ScopeClaims = ReadonlyMap<string, ReadonlySet<string>>;

const pattern = /^(?:[a-z][a-zA-Z0-9_]*|\*):(?:read|create|edit|delete|act|\*)$/;

export const isScopeClaim = (claim: string): boolean => pattern.test(claim);

/** Reads claims such as `deals:read`, `tickets:*`, `*:read`. */
export const readScopeClaims = (claims: readonly string[]): ScopeClaims => {
  const scope = new Map<string, Set<string>>();
  for (const claim of claims) {
    const [module = '', doing = ''] = claim.split(':');
    const allowed = scope.get(module) ?? new Set();
    scope.set(module, allowed.add(doing));
  }
  return scope;
};

export const isInScope = (scope: ScopeClaims | null, module: string, doing: Doing): boolean =>
  scope === null || [module, '*'].some((key) => scope.get(key)?.has(doing) || scope.get(key)?.has('*') || false);

/** Whether every claim of `wanted` is covered by `granted`: nobody mints more than they have. */
export const isNarrower = (wanted: readonly string[], granted: readonly string[]): boolean => {
  const scope = readScopeClaims(granted);
  return wanted.every((claim) => {
    const [module = '', doing = ''] = claim.split(':');
    const keys = module === '*' ? ['*'] : [module, '*'];
    const needed = doing === '*' ? doings : [doing];
    return needed.every((one) => keys.some((key) => scope.get(key)?.has(one) || scope.get(key)?.has('*')));
  });
};
