import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import { dropDefaultInstance, setDefaultInstance, type CrmInstance } from './frame/instance.ts';
import type * as LookCode from './instance/appearance.ts';
import type { DefinedElements } from './instance/define-elements.ts';
import type { Diagnostics } from './instance/diagnostics.ts';
import type { ElementName } from './instance/element-table.ts';
import { Instance } from './instance/instance.ts';
import type { ChangeableOptions, CrmOptions } from './instance/options.ts';

/** One embedding of the CRM in a page: backends, identity, look and language of the elements of one prefix. */
export interface Crm extends CrmInstance {
  /** The store of the first backend. */
  readonly store: Store;
  /** Resolves when the first backend's code is there, or could not be fetched. */
  readonly ready: Promise<void>;
  /** Fetches the code of elements and registers their tags; all of them without a name. Never rejects. */
  define(...names: readonly (ElementName | readonly ElementName[])[]): Promise<DefinedElements>;
  /** Changes look, language or wording of everything on the page at once. */
  update(options: ChangeableOptions): void;
  /** Another person works here now: nothing of the one before is shown or sent any more. */
  setIdentity(identity: string | undefined): void;
  /** Nobody works here now. @param options.purge - Also empties what is kept on this device. */
  signOut(options?: { readonly purge?: boolean }): Promise<void>;
  /** What an operator wants to know when something does not work. Holds no token and no record. */
  diagnostics(): Promise<Diagnostics>;
  /** Leaves the page as it was; tags stay registered, as browsers offer no way back. */
  destroy(): Promise<void>;
}

/**
 * Sets the CRM up for a page. Elements of its prefix that no provider surrounds belong to the newest instance.
 *
 * @throws {CrmError} `config` for a prefix that cannot be one, or without a backend.
 */
export const createCrm = (options: CrmOptions): Crm => {
  const look = lateLook(options.prefix ?? 'crm');
  const crm = new Instance(options, {
    show: look.show,
    leave: () => {
      look.remove();
      dropDefaultInstance(crm);
    },
  });
  setDefaultInstance(crm);
  return crm;
};

/** The look of a prefix; its code is fetched where a page wants another than that of its own. */
const lateLook = (prefix: string) => {
  let look: LookCode.Look | undefined;
  let wanted: LookCode.Appearance | undefined;
  return {
    show(appearance: LookCode.Appearance, report: (error: CrmError) => void): Promise<void> | void {
      wanted = appearance;
      if (look) return look.show(appearance);
      const arrived = ({ Look, page }: typeof LookCode): Promise<void> | void => {
        if (wanted) return (look ??= new Look(page(prefix, report))).show(wanted);
      };
      // Elements without it look as the page does
      return import('./instance/appearance.ts').then(arrived, () => {});
    },
    remove(): void {
      wanted = undefined;
      look?.remove();
    },
  };
};
