import { CrmError } from '@tessera-crm/model/errors.js';
import type { Connection, Database } from './database.ts';

interface UnderWay {
  readonly tenant: string;
  readonly connection: Connection;
}

/** A database as it is within a transaction under way: whatever is done by it is committed with that, or not at all. */
export const withinTransaction = ({ engine, clock }: Database, { tenant, connection }: UnderWay): Database => {
  const within = (wanted: string): Connection => {
    if (wanted === tenant) return connection;
    throw new CrmError('internal', 'A transaction belongs to one tenant.', { tenant, wanted });
  };
  const outside = async (): Promise<never> => {
    throw new CrmError('internal', 'Only the work of one tenant goes into a transaction.', { tenant });
  };
  return {
    engine,
    single: true,
    clock,
    run: async (of, statement) => within(of).run(statement),
    transaction: async (of, work) => work(within(of)),
    // what it wrote itself is to be seen, so that it cannot be one moment
    reading: async (of, work) => work(within(of)),
    admin: outside,
    maintain: outside,
    close: outside,
  };
};
