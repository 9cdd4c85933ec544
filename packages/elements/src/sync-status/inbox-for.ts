import type { CrmElement } from '../frame/element.ts';
import type { CrmInstance } from '../frame/instance.ts';

type Inbox = HTMLElement & { readonly crm?: CrmInstance | undefined; readonly backend?: string | undefined };

/** The element of the page that shows what was refused of the same data; near by first. */
export const inboxFor = ({ outer, tagPrefix, crm, backend }: CrmElement): HTMLElement | undefined => {
  const near = outer.getRootNode() as Document | ShadowRoot;
  const all = [near, document].flatMap((root) => [...root.querySelectorAll<Inbox>(`${tagPrefix}-conflicts`)]);
  const isOurs = (one: Inbox): boolean => one.crm === crm && (one.backend ?? undefined) === backend;
  // One whose code comes only when it is seen does not know yet whose it is
  return all.find(isOurs) ?? all.find((one) => one.crm === undefined);
};
