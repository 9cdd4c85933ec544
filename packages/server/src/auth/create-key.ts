import type { Tenant } from './access.ts';
import type { Keyring } from './keyring.ts';
import { newSecret } from './secret-key.ts';

export interface NewKey {
  readonly name: string;
  /** Null for everything. */
  readonly scope: readonly string[] | null;
  readonly origins: readonly string[];
}

/** Makes a secret key. @returns Its text, which is kept nowhere. */
export const createKey = async (
  keyring: Keyring,
  { id: tenant }: Tenant,
  { name, scope, origins }: NewKey,
): Promise<string> => {
  const { text, id, hash } = newSecret();
  await keyring.addSecretKey({
    id,
    hash,
    tenant,
    name,
    scope,
    origins,
    createdAt: new Date().toISOString(),
    revokedAt: null,
  });
  return text;
};
