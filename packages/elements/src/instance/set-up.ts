import type { CrmError } from '@tessera-crm/model/errors.js';
import { dropDefaultInstance, setDefaultInstance } from '../frame/instance.ts';
import type * as LookCode from './appearance.ts';
import { Instance, type Surroundings } from './instance.ts';
import type { CrmOptions } from './options.ts';

/**
 * Makes an instance for the whole page, and the default one of its prefix.
 *
 * @param left - Called when it is destroyed.
 */
export const setUp = (options: CrmOptions, check: Surroundings['check'], left?: () => void): Instance => {
  const look = lateLook(options.prefix ?? 'crm');
  const crm = new Instance(options, {
    target: globalThis.document,
    check,
    show: look.show,
    leave: () => {
      left?.();
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
      return import('./appearance.ts').then(arrived, () => {});
    },
    remove(): void {
      wanted = undefined;
      look?.remove();
    },
  };
};
