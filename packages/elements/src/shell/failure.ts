import type { CrmSettings } from '../frame/instance.ts';

/** What was to be seen instead of an element's code. */
export interface Failure {
  readonly root: ShadowRoot;
  /** What keeps the room. */
  readonly box: HTMLElement;
  readonly settings: CrmSettings;
  /** Aborts when it is tried again, or the element leaves the page. */
  readonly signal: AbortSignal;
  retry(): void;
}

/** Here before any other word, because those may be away for the same reason. */
export const retryText = 'Try again';

/**
 * Offers in a shell to fetch its code again, and does so by itself when the network is back. The page may put something
 * else in its place by the slot `error`.
 */
export const showFailure = (failure: Failure): void => {
  const { root, box, signal, retry } = failure;
  const slot = document.createElement('slot');
  const button = document.createElement('button');
  slot.name = 'error';
  slot.append(box);
  box.className = 'failure';
  box.append(button);
  button.textContent = retryText;
  button.addEventListener('click', retry, { signal });
  addEventListener('online', retry, { signal });
  root.replaceChildren(slot);
  // More words and a better look, unless these are away, too
  import('./failure-words.ts').then(
    ({ sayFailure }) => sayFailure(failure, button),
    () => {},
  );
};
