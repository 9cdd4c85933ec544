import { recordOfIdentity } from '../identity.ts';
import type { Registry } from '../registry.ts';
import type { Identity } from '../rule.ts';
import type { Settings } from '../settings.ts';

/** What relative dates, "me" and relations mean for whoever asks. */
export interface QueryContext {
  readonly registry: Registry;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** IANA name: in which zone a day begins. */
  readonly timeZone: string;
  readonly weekStart: number;
  readonly fiscalYearStart: number;
  /** The acting user or customer, as links hold it. */
  readonly me: { readonly module: string; readonly id: string } | null;
}

/** For whom a query is asked, and by what calendar. */
export interface Asker {
  readonly registry: Registry;
  readonly identity: Identity;
  readonly settings: Pick<Settings, 'timeZone' | 'weekStart' | 'fiscalYearStart'>;
}

/** @param now - RFC 3339, UTC. */
export const queryContextOf = ({ registry, identity, settings }: Asker, now: string): QueryContext => ({
  registry,
  now,
  timeZone: settings.timeZone,
  weekStart: settings.weekStart,
  fiscalYearStart: settings.fiscalYearStart,
  me: recordOfIdentity(identity),
});
