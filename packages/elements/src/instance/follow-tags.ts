import type { Crm } from '../crm.ts';
import { shellNames } from './define-elements.ts';

/**
 * Registers all tags of an instance: shells at once, the provider, which is none, when the page has one. Puts elements
 * where the page names them by `data-crm`, now or later.
 *
 * @returns How to stop.
 */
export const followTags = (crm: Crm): (() => void) => {
  const { prefix } = crm;
  let provider: unknown;
  const shells = crm.define(shellNames);
  const look = (): void => {
    // Of the copy whose tags these are: another version may know another way to its elements
    provider ??=
      document.querySelector(`${prefix}-provider`) &&
      shells.then((ends) => void (ends.defined[0] && crm.define('provider')));
    if (document.querySelector(`[data-${prefix}]`))
      import('./from-markup.ts').then(
        (code) => code.fillMarkup(prefix),
        () => {},
      );
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
};
