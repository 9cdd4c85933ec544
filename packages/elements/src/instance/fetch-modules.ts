import { CrmError } from '@tessera-crm/model/errors.js';
import { reviveModule } from '@tessera-crm/model/definition.js';
import { kindsByName } from '@tessera-crm/model/kinds/all.js';
import { metaMessage } from '@tessera-crm/model/protocol/meta.js';
import { Registry } from '@tessera-crm/model/registry.js';
import type { RemoteStore } from '@tessera-crm/client/remote-store.js';

/** The modules that this identity may see, as the server describes them. */
export const fetchModules = async ({ transport }: RemoteStore): Promise<Registry> => {
  const read = metaMessage.safeParse(await transport.ask('meta'));
  if (!read.success) throw new CrmError('schema-mismatch', 'The server describes its modules in an unknown way.');
  const definitions = read.data.modules as unknown as Parameters<typeof reviveModule>[0][];
  return new Registry(definitions.map((one) => reviveModule(one, kindsByName)));
};
