import { hash, verify } from '@node-rs/argon2';

/** 19 MiB and two passes. @see OWASP Password Storage Cheat Sheet */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Shortest password that is accepted. @see NIST SP 800-63B */
export const minPasswordLength = 8;

/** The argon2id hash of a password, with its salt and cost inside. */
export const hashPassword = async (password: string): Promise<string> => hash(password.normalize('NFKC'), cost);

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. Without a hash it works as long, so that nobody learns
 * from the time whether an account exists.
 */
export const isPassword = async (password: string, hashed: string | null): Promise<boolean> => {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(hashed ?? (await decoy), password.normalize('NFKC'));
  return matches && hashed !== null;
};
