import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import { identify, type Named } from '../auth/identify.ts';
import type { Command } from './command.ts';
import { chosenTenant, withApp } from './with-app.ts';

const options = {
  tenant: { type: 'string' },
  user: { type: 'string' },
  contact: { type: 'string' },
  account: { type: 'string' },
  scope: { type: 'string', multiple: true },
  origin: { type: 'string', multiple: true },
} as const;

const namedBy = ({
  user,
  contact,
  account,
}: {
  readonly user?: string | undefined;
  readonly contact?: string | undefined;
  readonly account?: string | undefined;
}): Named => {
  if (user !== undefined) return { user };
  if (contact !== undefined)
    return { subject: { module: 'contacts', ...(contact.includes('@') ? { email: contact } : { id: contact }) } };
  if (account !== undefined) return { subject: { module: 'accounts', id: account } };
  throw new CrmError('config', `Say for whom:\n${tokenCommand.usage}`);
};

export const tokenCommand: Command = {
  summary: 'mint a session token, good for fifteen minutes',
  usage:
    'tessera token --user <e-mail or id> | --contact <e-mail or id> | --account <id> [--scope deals:read]… [--origin <origin>]… [--tenant <slug>]',
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    return withApp(terminal, async ({ app }) => {
      const tenant = await chosenTenant(app, values.tenant);
      const store = app.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
      const identity = await identify(store, namedBy(values));
      if (!identity) throw new CrmError('config', 'There is nobody of that name, or they may not come in.');
      const { token } = await app.sessions.mint(tenant, identity, { scope: values.scope, origins: values.origin });
      terminal.out(`${token}\n`);
      return 0;
    });
  },
};
