import type { AnyRecord } from '@tessera-crm/model/module.js';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import type { Identity } from '@tessera-crm/model/rule.js';
import type { RecordStore } from '../backend.ts';

/** Whom a token stands for, as hosts may name them. */
export type Named =
  | { readonly user: string }
  | {
      readonly subject: {
        readonly module: 'contacts' | 'accounts';
        readonly id?: string | undefined;
        readonly email?: string | undefined;
      };
    };

/** The identity behind a name; null when there is nobody of that name, or they may not come in. */
export const identify = async (store: RecordStore, named: Named): Promise<Identity | null> => {
  if ('user' in named) {
    const user = await userNamed(store, named.user);
    return user && { type: 'user', id: user.id, admin: user['isAdmin'] === true };
  }
  const { module, id, email } = named.subject;
  if ((id === undefined) === (email === undefined)) return null;
  const record = id === undefined ? await customerWith(store, module, email!) : await found(store, module, id);
  return record && { type: 'subject', module, id: record.id };
};

/** A user who may sign in, by id or e-mail address. */
export const userNamed = async (store: RecordStore, name: string): Promise<AnyRecord | null> => {
  const user = isId(name) ? await found(store, 'users', name) : await only(store, 'users', { email: { is: name } });
  return user && isAdmitted(user) ? user : null;
};

const isAdmitted = (user: AnyRecord): boolean =>
  (user['archivedAt'] ?? null) === null && (user['status'] === undefined || user['status'] === 'active');

const found = async (store: RecordStore, module: string, id: string): Promise<AnyRecord | null> => {
  try {
    return isId(id) ? await store.get(module, id) : null;
  } catch (error) {
    if (isCrmError(error, 'not-found')) return null;
    throw error;
  }
};

const customerWith = async (store: RecordStore, module: string, email: string): Promise<AnyRecord | null> =>
  module === 'contacts' ? only(store, module, { emails: { is: email } }) : null;

/** An address that several records share names nobody: guessing would show one customer the records of another. */
const only = async (
  store: RecordStore,
  module: string,
  where: Readonly<Record<string, unknown>>,
): Promise<AnyRecord | null> => {
  const { records } = await store.list(module, { where, limit: 2 });
  return records.length === 1 ? records[0]! : null;
};
