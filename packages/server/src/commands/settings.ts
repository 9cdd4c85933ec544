import { join, resolve } from 'node:path';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { OpenOptions } from '../database/open-database.ts';
import type { Keeping } from '../housekeeping/chores.ts';
import type { RateLimit } from '../http/rate-limiter.ts';
import type { Terminal } from './command.ts';

/** What the environment decides. */
export interface ServerSettings {
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  /** The folder for the embedded database and uploads. */
  readonly folder: string;
  /** What `openDatabase` takes. */
  readonly database: string;
  readonly origins: readonly string[];
  /** Whether pages without an origin may use tokens. */
  readonly sandboxed: boolean;
  readonly rateLimit: RateLimit | null | undefined;
  readonly keeping: Keeping;
  readonly clock: NonNullable<OpenOptions['clock']>;
  readonly connections: OpenOptions['connections'];
}

const integer = (name: string, text: string, max: number): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  throw new CrmError('config', `${name} is "${text}"; it has to be a whole number up to ${max}.`, { name });
};

/** Requests per second, with five seconds' worth at once; 0 for no limit. */
const rateLimit = (text: string | undefined): RateLimit | null | undefined => {
  if (text === undefined || text === '') return undefined;
  const perSecond = integer('TESSERA_RATE_LIMIT', text, 1_000_000);
  return perSecond === 0 ? null : { perSecond, burst: perSecond * 5 };
};

/** Days; 0 for ever. */
const days = (name: string, text: string | undefined): number | null | undefined => {
  if (text === undefined || text === '') return undefined;
  return integer(name, text, 36_500) || null;
};

const clockIn = (text: string): ServerSettings['clock'] => {
  if (text === 'counter' || text === 'snapshot') return text;
  throw new CrmError('config', `TESSERA_CLOCK is "${text}"; it has to be counter or snapshot.`, {
    name: 'TESSERA_CLOCK',
  });
};

/** Of this server to PostgreSQL, at most; with one there would be none left while it is held. */
const connectionsIn = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  const connections = integer('TESSERA_CONNECTIONS', text, 1_000);
  if (connections >= 2) return connections;
  throw new CrmError('config', `TESSERA_CONNECTIONS is "${text}"; it has to be 2 at least.`, {
    name: 'TESSERA_CONNECTIONS',
  });
};

const keepingOf = (environment: Terminal['environment']): Keeping => {
  const deleted = days('TESSERA_KEEP_DELETED', environment['TESSERA_KEEP_DELETED']);
  const clients = days('TESSERA_KEEP_DEVICES', environment['TESSERA_KEEP_DEVICES']);
  return { ...(deleted !== undefined && { deleted }), ...(clients !== undefined && { clients }) };
};

/** @throws {CrmError} `config`, naming the variable that is wrong */
export const readSettings = ({ environment }: Pick<Terminal, 'environment'>): ServerSettings => {
  const folder = resolve(environment['TESSERA_DATA'] || 'data');
  return {
    port: integer('PORT', environment['PORT'] || '4600', 65_535),
    host: environment['HOST'] || '127.0.0.1',
    folder,
    database: environment['DATABASE_URL'] || join(folder, 'database'),
    origins: (environment['TESSERA_ORIGINS'] ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    sandboxed: integer('TESSERA_SANDBOXED', environment['TESSERA_SANDBOXED'] || '0', 1) === 1,
    rateLimit: rateLimit(environment['TESSERA_RATE_LIMIT']),
    keeping: keepingOf(environment),
    clock: clockIn(environment['TESSERA_CLOCK'] || 'counter'),
    connections: connectionsIn(environment['TESSERA_CONNECTIONS']),
  };
};
