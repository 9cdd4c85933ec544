import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { App } from '../app.ts';
import { isScopeClaim } from '../auth/scope-claims.ts';
import { createKey, type NewKey } from '../auth/create-key.ts';
import type { Tenant } from '../auth/access.ts';
import type { Command, Terminal } from './command.ts';
import { chosenTenant, withApp } from './with-app.ts';

const options = {
  tenant: { type: 'string' },
  name: { type: 'string', default: 'key' },
  scope: { type: 'string', multiple: true },
  origin: { type: 'string', multiple: true },
} as const;

const create = async (app: App, tenant: Tenant, { name, scope, origins }: NewKey): Promise<string> => {
  const bad = scope?.find((claim) => !isScopeClaim(claim));
  if (bad !== undefined) throw new CrmError('config', `"${bad}" is no scope: write deals:read or tickets:*.`);
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined) throw new CrmError('config', `"${wrong}" is no origin: write https://shop.example.`);
  return createKey(app.keyring, tenant, { name, scope, origins });
};

const list = async ({ keyring }: App, tenant: Tenant, terminal: Terminal): Promise<void> => {
  for (const { id, name, scope, origins, createdAt, revokedAt } of await keyring.secretKeys(tenant.id)) {
    const facts = [
      `sk_${id}_…`,
      name,
      scope?.join(' ') ?? 'everything',
      origins.join(' ') || '-',
      createdAt,
      revokedAt ? `revoked ${revokedAt}` : 'good',
    ];
    terminal.out(`${facts.join('\t')}\n`);
  }
};

export const keyCommand: Command = {
  summary: 'make, list and revoke secret keys',
  usage: [
    'tessera key create [--name <text>] [--scope deals:read]… [--origin https://shop.example]… [--tenant <slug>]',
    'tessera key list [--tenant <slug>]',
    'tessera key revoke <id> [--tenant <slug>]',
  ].join('\n'),
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [action, id] = positionals;
    return withApp(terminal, async ({ app }) => {
      const tenant = await chosenTenant(app, values.tenant);
      if (action === 'create') {
        const key = await create(app, tenant, {
          name: values.name,
          scope: values.scope ?? null,
          origins: values.origin ?? [],
        });
        terminal.out(`${key}\n`);
        terminal.note('Keep it now: it is shown only once, and only its hash is stored.\n');
        return 0;
      }
      if (action === 'list') return list(app, tenant, terminal).then(() => 0);
      if (action !== 'revoke' || id === undefined) throw new CrmError('config', `Write one of:\n${keyCommand.usage}`);
      const isDone = await app.keyring.revokeSecretKey(tenant.id, id.replace(/^sk_([0-9a-f]+).*$/, '$1'));
      terminal.note(isDone ? 'Revoked.\n' : 'There is no such key that is still good.\n');
      return isDone ? 0 : 1;
    });
  },
};
