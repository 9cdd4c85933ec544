import { dropDefaultInstance, setDefaultInstance } from '../frame/instance.ts';
import type * as Look from './appearance.ts';
import { Instance, type Surroundings } from './instance.ts';
import type { CrmOptions } from './options.ts';

/** Makes an instance for the whole page, and the default one of its prefix. */
export const setUp = (options: CrmOptions, check: Surroundings['check']): Instance => {
  const look = lateLook(options.prefix ?? 'crm');
  const crm = new Instance(options, {
    target: globalThis.document,
    check,
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
  let sheet: Look.AppearanceSheet | undefined;
  let wanted: Look.Appearance | undefined;
  return {
    show(appearance: Look.Appearance): void {
      wanted = appearance;
      if (sheet) return sheet.show(appearance);
      if (!appearance.theme && !appearance.variables) return;
      const arrived = ({ AppearanceSheet }: typeof Look): void => {
        if (wanted) (sheet ??= new AppearanceSheet(prefix)).show(wanted);
      };
      // Elements without it look as the page does
      void import('./appearance.ts').then(arrived, () => {});
    },
    remove(): void {
      wanted = undefined;
      sheet?.remove();
    },
  };
};
