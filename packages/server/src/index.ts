/**
 * The public page of the server: the handler, what it stands on, and the keys of its doors. The tables, the routes and
 * the commands behind them are not exported.
 */
export { createApp, type App, type AppOptions } from './app.ts';
export type { Access, Tenant } from './auth/access.ts';
export { createKey, type NewKey } from './auth/create-key.ts';
export type { Keyring, Session, SigningKey } from './auth/keyring.ts';
export { hashPassword } from './auth/password.ts';
export type { MintedSession, Sessions, SessionTerms } from './auth/sessions.ts';
export type { Backend, Caller, Feed, RecordStore } from './backend.ts';
export type { Database } from './database/database.ts';
export { openDatabase, type OpenOptions } from './database/open-database.ts';
export { choresOf, type Chore, type Keeping } from './housekeeping/chores.ts';
export { Housekeeper, type HousekeeperOptions } from './housekeeping/housekeeper.ts';
export type { Log, LogEntry } from './http/log.ts';
export type { RateLimit } from './http/rate-limiter.ts';
export { migrate } from './sql/migrate.ts';
