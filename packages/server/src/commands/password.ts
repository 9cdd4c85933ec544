import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import { userNamed } from '../auth/identify.ts';
import { hashPassword, minPasswordLength } from '../auth/password.ts';
import type { Command } from './command.ts';
import { chosenTenant, withApp } from './with-app.ts';

export const passwordCommand: Command = {
  summary: 'set the password of a user, read from standard input',
  usage: 'tessera password <e-mail> [--tenant <slug>] < file',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { tenant: { type: 'string' } },
      allowPositionals: true,
    });
    const [email] = positionals;
    if (email === undefined) throw new CrmError('config', `Write:\n${passwordCommand.usage}`);
    const password = (await terminal.input()).replace(/\r?\n$/, '');
    if (password.length < minPasswordLength)
      throw new CrmError('config', `A password has at least ${minPasswordLength} characters.`);
    return withApp(terminal, async ({ app }) => {
      const tenant = await chosenTenant(app, values.tenant);
      const store = app.backend.store(tenant, { identity: { type: 'system' }, principal: 'system' });
      const user = await userNamed(store, email);
      if (!user) throw new CrmError('config', `There is no active user ${email}.`);
      await app.keyring.setPassword(tenant.id, user.id, await hashPassword(password));
      terminal.note('The password is set.\n');
      return 0;
    });
  },
};
