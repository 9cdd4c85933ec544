import { explain, type Gate } from '@tessera-crm/model/access/explain.js';
import { doings, type Doing } from '@tessera-crm/model/access/profile.js';
import type { Ground } from '@tessera-crm/model/access/scope.js';
import { CrmError } from '@tessera-crm/model/errors.js';
import { isId } from '@tessera-crm/model/id.js';
import { invalid } from '@tessera-crm/model/invalid.js';
import type { Module } from '@tessera-crm/model/module.js';
import { everything } from '@tessera-crm/model/query/filter.js';
import type { Directories } from '../../auth/directories.ts';
import { everyRight } from '../../auth/rights.ts';
import type { Backend } from '../../backend.ts';
import type { KnownCall } from '../call.ts';
import { parametersOf } from '../question.ts';
import { json, type Reply } from '../replies.ts';

export interface ExplainRoutesOptions extends Pick<Backend, 'store'> {
  readonly directories: Directories;
}

interface Question {
  readonly user: string;
  readonly module: Module;
  readonly doing: Doing;
  readonly id: string | null;
  readonly field: string | undefined;
}

const names = ['user', 'module', 'doing', 'id', 'field'] as const;

/** `GET /v1/explain`: whether a user may do something, and why. */
export class ExplainRoutes {
  readonly #options: ExplainRoutesOptions;

  constructor(options: ExplainRoutesOptions) {
    this.#options = options;
  }

  readonly explain = async (call: KnownCall): Promise<Reply> => {
    const { user, module, doing, id, field } = questionOf(call);
    // what the caller does not see is not there, here too
    if (id !== null) await call.store.get(module.key, id);
    const house = await this.#options.directories.of(call.access.tenant);
    if (!house) return json({ allowed: true, gates: [] });
    const { isAllowed, gates } = await explain(
      { user, doing, module, field },
      {
        directory: house.directory,
        scopes: house.scopesOf(user),
        leads: id === null ? null : async (ground) => this.#leads(call, module, { id, ground }),
      },
    );
    return json({ allowed: isAllowed, gates: gates.map(toldOf) });
  };

  /** By the very statement that lists are made by. */
  async #leads(
    { access, id: requestId }: KnownCall,
    module: Module,
    { id, ground }: { readonly id: string; readonly ground: Ground },
  ): Promise<boolean> {
    const store = this.#options.store(access.tenant, {
      identity: { type: 'system' },
      principal: access.principal,
      requestId,
      policy: (of) => ({ ...everyRight, reach: () => (of === module ? ground.filter : everything) }),
    });
    const where = { id: { is: id } };
    return (await store.list(module.key, { where, limit: 1, fields: [], archived: 'with' })).records.length > 0;
  }
}

/** Of oneself by everybody who works here, of others by those who administer, and by keys. */
const questionOf = ({ search, access: { identity }, registry }: KnownCall): Question => {
  const given = parametersOf(search, names);
  const own = identity.type === 'user' ? identity.id : null;
  const user = given.get('user') ?? own;
  if (identity.type === 'subject' || (identity.type === 'user' && !identity.admin && user !== own))
    throw new CrmError('forbidden', 'Only those who administer may ask for others.', { reason: 'admin' });
  const module = registry.get(given.get('module') ?? '');
  const [doing, id, field] = [given.get('doing') ?? 'view', given.get('id'), given.get('field') ?? undefined];
  if (user === null || !isId(user)) throw invalid([{ path: '/user', code: user === null ? 'required' : 'id' }]);
  if (!isDoing(doing)) throw invalid([{ path: '/doing', code: 'option', params: { options: doings } }]);
  if (field !== undefined && !Object.hasOwn(module.fields, field))
    throw invalid([{ path: '/field', code: 'unknown-field', params: { field, module: module.key } }]);
  return { user, module, doing, id, field };
};

const isDoing = (text: string): text is Doing => (doings as readonly string[]).includes(text);

/** As it goes over the wire: people and links by their names there. */
const toldOf = ({ isOpen, ...gate }: Gate): unknown => ({
  ...gate,
  open: isOpen,
  ...(gate.gate === 'record' && { grounds: gate.grounds.map(({ filter: _filter, ...ground }) => ground) }),
});
