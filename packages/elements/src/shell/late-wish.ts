import { whenIdle } from '../data/when-idle.ts';
import { whenVisible } from '../frame/when-visible.ts';

const rules = '.room:focus-visible{outline:2px solid;opacity:.2}';

/** Signs that a person turns to an element. */
const signs = ['pointerenter', 'pointerdown', 'focusin', 'click'] as const;

const whenTouched = (root: ShadowRoot, signal: AbortSignal, fetch: () => void): void => {
  const room = root.querySelector<HTMLElement>('.room');
  // Something has to take the focus of a person without a pointer
  if (room) room.tabIndex = 0;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets.push(sheet);
  const over = new AbortController();
  const touched = (): void => {
    over.abort();
    fetch();
  };
  for (const name of signs)
    root.host.addEventListener(name, touched, { signal: AbortSignal.any([signal, over.signal]) });
};

/**
 * Waits for what `loading` names; for what it does not know it does not wait.
 *
 * @param signal - Aborts when the element leaves the page.
 */
export const wish = (loading: string, root: ShadowRoot, signal: AbortSignal, fetch: () => void): void => {
  if (signal.aborted) return;
  if (loading === 'visible') whenVisible(root.host, signal, fetch);
  else if (loading === 'idle') whenIdle(() => void (signal.aborted || fetch()));
  else if (loading === 'interaction') whenTouched(root, signal, fetch);
  else fetch();
};
