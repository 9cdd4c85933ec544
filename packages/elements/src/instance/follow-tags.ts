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
  const look = (): void => {
    provider ??= document.querySelector(`${prefix}-provider`) && crm.define('provider');
    if (document.querySelector(`[data-${prefix}]`))
      import('./from-markup.ts').then(
        ({ fillMarkup }) => fillMarkup(prefix),
        () => {},
      );
  };
  const observer = new MutationObserver(look);
  void crm.define(shellNames);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
};
