import type { Crm } from '../crm.ts';
import { shellNames } from './define-elements.ts';

/**
 * Registers all tags of an instance: shells at once, the provider, which is none, when the page has one.
 *
 * @returns How to stop.
 */
export const followTags = (crm: Crm): (() => void) => {
  void crm.define(shellNames);
  const tag = `${crm.prefix}-provider`;
  const look = (): void => {
    if (!document.querySelector(tag)) return;
    observer.disconnect();
    void crm.define('provider');
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
};
