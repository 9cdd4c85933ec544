import type { CrmSettings } from '../frame/instance.ts';
import { messages } from '../i18n/frame.messages.ts';

/** What was to be seen instead of an element's code. */
export interface Failure {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly settings: CrmSettings;
  /** Aborts when the element leaves the page. */
  readonly signal: AbortSignal;
  retry(): void;
}

/**
 * Offers in a shell to fetch its code again, and does so by itself when the network is back. The page may put something
 * else in its place by the slot `error`.
 */
export const showFailure = (failure: Failure): void => {
  const { root, signal, retry } = failure;
  const over = new AbortController();
  const again = (): void => {
    over.abort();
    retry();
  };
  const slot = document.createElement('slot');
  slot.name = 'error';
  const box = root.querySelector<HTMLElement>('.room') ?? document.createElement('div');
  const button = document.createElement('button');
  button.textContent = messages['frame.retry'];
  button.addEventListener('click', again, { signal: over.signal });
  addEventListener('online', again, { signal: AbortSignal.any([over.signal, signal]) });
  box.className = 'failure';
  box.removeAttribute('tabindex');
  box.replaceChildren(button);
  slot.append(box);
  root.replaceChildren(slot);
  // More words and a better look, unless these are away for the same reason
  import('./failure-words.ts').then(
    ({ sayFailure }) => sayFailure(failure, box, button),
    () => {},
  );
};
