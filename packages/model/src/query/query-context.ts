import type { Registry } from '../registry.ts';

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
