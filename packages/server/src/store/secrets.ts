import type { Change } from '@tessera-crm/model/change.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { fieldEntries } from '@tessera-crm/model/field-entries.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import { isId } from '@tessera-crm/model/is-id.js';
import { secretMask } from '@tessera-crm/model/kinds/secret.js';
import { perModule } from '@tessera-crm/model/per-module.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { hashPassword, isPassword } from '../auth/password.ts';
import { hashOfSecret, keepSecrets, secretsThere, type HashedSecret } from '../sql/secrets.ts';
import type { StoreContext } from './context.ts';
import type { Run } from './read-page.ts';

/** New secrets in one call at most: each costs 20 ms of work and 19 MiB, on purpose. */
const maxFresh = 100;

/** In a record a secret is only named: `sealed:<uuid>`. The name says that there is one, and nothing of it. */
const prefix = 'sealed:';

const idOf = (text: string): string | null => {
  const id = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return isId(id) ? id : null;
};

/** Changes in which secrets are only named. */
export interface Sealed {
  readonly changes: readonly Change[];
  /** What has to be kept beside them. */
  readonly fresh: readonly HashedSecret[];
  /** The names that were given instead of a secret: what somebody has read and leaves as it is. */
  readonly named: readonly string[];
}

/** The fields of a module that hold secrets. */
const secretFields = perModule((module) =>
  fieldEntries(module).filter(([, { kind, options }]) => kind.secrets?.isIn(options)),
);

const replaced = (changes: readonly Change[], registry: Registry, replace: (secret: string) => string) =>
  changes.map((change): Change => {
    const module = 'values' in change ? registry.find(change.module) : undefined;
    if (!module || !('values' in change)) return change;
    const news = secretFields(module).flatMap(([name, { kind, options }]) => {
      // what does not fit the field is refused later, and stored nowhere
      const checked = kind.schema(options).safeParse(change.values[name] ?? null);
      return checked.success ? [[name, kind.secrets!.replaced(checked.data, options, replace)] as const] : [];
    });
    return news.length === 0 ? change : { ...change, values: { ...change.values, ...Object.fromEntries(news) } };
  });

/** The same changes without their secrets, for whatever is made of them but their carrying out. */
export const withoutSecrets = (changes: readonly Change[], registry: Registry): readonly Change[] =>
  replaced(changes, registry, () => secretMask);

/** Takes the secrets out of changes, before anything else sees them. @throws {CrmError} `validation` when there are too many */
export const seal = async (changes: readonly Change[], { registry, newId }: StoreContext): Promise<Sealed> => {
  const open: { readonly id: string; readonly secret: string }[] = [];
  const named: string[] = [];
  const sealed = replaced(changes, registry, (secret) => {
    const name = idOf(secret);
    if (name !== null) named.push(name);
    else open.push({ id: newId(), secret });
    return name === null ? prefix + open.at(-1)!.id : secret;
  });
  if (open.length > maxFresh) throw invalid([{ path: '', code: 'too-many', params: { max: maxFresh } }]);
  const fresh = await Promise.all(open.map(async ({ id, secret }) => ({ id, hash: await hashPassword(secret) })));
  return { changes: sealed, fresh, named: [...new Set(named)] };
};

/** Keeps new secrets, in the transaction of their records. @throws {CrmError} `validation` for a name of nothing */
export const keepSealed = async ({ fresh, named }: Sealed, tenant: string, run: Run): Promise<void> => {
  if (named.length > 0 && (await run(secretsThere(tenant, named))).rows.length < named.length)
    throw invalid([{ path: '', code: 'masked' }]);
  if (fresh.length > 0) await run(keepSecrets(tenant, fresh));
};

/** Whether somebody knows a secret of which a record has the name. It takes as long when there is none. */
export const isSecret = async (
  name: string | null,
  given: string,
  { tenant, run }: { readonly tenant: string; readonly run: Run },
): Promise<boolean> => {
  const id = name === null ? null : idOf(name);
  if (name !== null && id === null) throw new CrmError('internal', 'A secret was stored as it is.');
  const hash = id === null ? null : (await run(hashOfSecret(tenant, id))).rows[0]?.[0];
  return isPassword(given, typeof hash === 'string' ? hash : null);
};
