import type { Store } from '@tessera-crm/model/store.js';
import type { CrmInstance } from './frame/instance.ts';
import type { Capabilities } from './instance/capabilities.ts';
import { checkOptions } from './instance/check-options.ts';
import type { DefinedElements } from './instance/define-elements.ts';
import type { Diagnostics, DiagnosticsOptions } from './instance/diagnostics.ts';
import type { ElementName } from './instance/element-table.ts';
import type { ChangeableOptions, CrmOptions, SignedOut, SignOutOptions } from './instance/options.ts';
import { setUp } from './instance/set-up.ts';

/** One embedding of the CRM in a page: backends, identity, look and language of the elements of one prefix. */
export interface Crm extends CrmInstance {
  /** The store of the first backend. */
  readonly store: Store;
  /** Resolves when the first backend's code is there, or could not be fetched. */
  readonly ready: Promise<void>;
  /** Fetches the code of elements and registers their tags; all of them without a name. Never rejects. */
  define(...names: readonly (ElementName | readonly ElementName[])[]): Promise<DefinedElements>;
  /** Fetches the code of elements, for when they are needed; registers nothing. Never rejects. */
  preload(...names: readonly (ElementName | readonly ElementName[])[]): Promise<void>;
  /**
   * Changes what is said, at once and for everything on the page; what is not said stays.
   *
   * @throws {CrmError} `config` for an option that is wrong or cannot be changed.
   */
  update(options: ChangeableOptions): void;
  /**
   * Another person works here now: nothing of the one before is shown, sent or stored any more. Fires
   * `crm-identity-change`.
   *
   * @param options.tenant - Of the person; as before unless given.
   */
  setIdentity(identity: string | undefined, options?: { readonly tenant?: string }): void;
  /**
   * Nobody works here now. With `purge` what is kept on this device is deleted, once it is decided what becomes of changes
   * that no server took: until then the person is signed in, and may stay so.
   */
  signOut(options?: SignOutOptions): Promise<SignedOut>;
  /** What this browser, this page and this person can do. */
  capabilities(): Promise<Capabilities>;
  /** Why something does not work, in words. Asks every backend once. Holds no token and no record. */
  diagnostics(options?: DiagnosticsOptions): Promise<Diagnostics>;
  /** Leaves the page as it was; tags stay registered, as browsers offer no way back. */
  destroy(): Promise<void>;
}

/**
 * Sets the CRM up for a page. Elements of its prefix that no provider surrounds belong to the newest instance.
 *
 * @throws {CrmError} `config`, naming the option that is wrong.
 */
export const createCrm = (options: CrmOptions): Crm => setUp(options, checkOptions);
