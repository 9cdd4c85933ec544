import type { Identity } from './rule.ts';

/** The record that an identity is, as links hold it; null for the system itself. */
export const recordOfIdentity = (identity: Identity): { readonly module: string; readonly id: string } | null => {
  if (identity.type === 'system') return null;
  return identity.type === 'user' ? { module: 'users', id: identity.id } : { module: identity.module, id: identity.id };
};
