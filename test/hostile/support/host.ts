import type { EngineName } from './engine.ts';
import type { Visit } from './visit.ts';

/** What every page is held to, in the order in which it is looked at. */
export const contract = {
  upgraded: 'card, history, form and board have their code and show their data',
  'in-sight': 'none of them is an empty box',
  usable: 'inner controls are found by role and name, and a real click and real keys reach them',
  saves: 'what was typed is read back from the API as it was typed',
  accessible: 'axe finds nothing',
  quiet: 'no error in the console, no violation of a policy',
  'leaves-host-alone': 'the host’s own elements look as before',
  'leaves-no-trace': 'after destroy() no listener, timer, style sheet or global is left',
} as const;

export type ContractCheck = keyof typeof contract;

/** One page of somebody else’s making, and what is held to be true on it. */
export interface Host {
  /** What the page does to us, for the public table. */
  readonly does: string;
  /** Sent with the page; `{nonce}` is a fresh one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the script tag says: `{ isolation: 'strict' }`, and likewise `theme`, `token`, `user`. */
  readonly script?: Readonly<Record<string, string>>;
  /** Our elements are in the one frame of the page, which is looked at in its stead. */
  readonly isFramed?: boolean;
  /** All three unless told; then `why` says why not the others. */
  readonly engines?: readonly EngineName[];
  readonly why?: string;
  /** Checks of the contract that mean nothing on this page, with the reason. `true` leaves out all of them. */
  readonly without?: Readonly<Partial<Record<ContractCheck, string>>> | string;
  /** Complaints that the host itself causes. */
  readonly ownComplaints?: RegExp;
  /** What more is true here, by a sentence. Each gets a page of its own. */
  readonly checks?: Readonly<Record<string, (visit: Visit) => Promise<void>>>;
  /** Names of `checks` that only some engines can be asked for. */
  readonly only?: Readonly<Record<string, readonly EngineName[]>>;
}

/** A host and the name of its files: `h01-all-unset`. */
export interface FoundHost extends Host {
  readonly file: string;
  /** `H01` */
  readonly number: string;
}
