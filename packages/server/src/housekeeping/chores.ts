import type { Database } from '../database/database.ts';
import { forgetClients } from '../sql/forgetting.ts';
import { forgetReplies } from '../sql/idempotency.ts';
import { forgetChanges } from './forget-changes.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** For how many days what is kept; null for ever. */
export interface Keeping {
  /** What happened to records that are deleted; 90 unless told. */
  readonly deleted?: number | null;
  /** Devices that send nothing any more, and how far their changes were carried out; 180 unless told. */
  readonly clients?: number | null;
  /** Answers to requests that may be repeated; 7 unless told. */
  readonly replies?: number | null;
}

/** Work that comes again and again, for each tenant by itself. */
export interface Chore {
  /** By which servers agree on who does it. */
  readonly name: string;
  /** Milliseconds. */
  readonly every: number;
  /** @param now - Milliseconds since 1970. */
  run(database: Database, tenant: string, now: number): Promise<void>;
}

const chore = (
  name: string,
  days: number | null,
  forget: (database: Database, tenant: string, before: string) => Promise<unknown>,
) =>
  days === null
    ? []
    : [
        {
          name,
          every: hour,
          run: async (database, tenant, now) =>
            void (await forget(database, tenant, new Date(now - days * day).toISOString())),
        } satisfies Chore,
      ];

/** What a server has to do beside answering. */
export const choresOf = ({ deleted = 90, clients = 180, replies = 7 }: Keeping = {}): readonly Chore[] => [
  ...chore('changes', deleted, forgetChanges),
  ...chore('clients', clients, async (database, tenant, before) => database.admin(forgetClients(tenant, before))),
  ...chore('replies', replies, async (database, tenant, before) => database.admin(forgetReplies(tenant, before))),
];
