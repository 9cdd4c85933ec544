import { whenIdle } from '../data/when-idle.ts';
import { whenVisible } from '../frame/when-visible.ts';

interface Waiting {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Aborts when the element leaves the page. */
  readonly signal: AbortSignal;
  fetch(): void;
}

/** Signs that a person turns to an element. */
const signs = ['pointerenter', 'pointerdown', 'focusin', 'click'] as const;

const whenTouched = ({ host, root, signal, fetch }: Waiting): void => {
  const room = root.querySelector<HTMLElement>('.room');
  // Something has to take the focus of a person without a pointer
  if (room) room.tabIndex = 0;
  const over = new AbortController();
  const touched = (): void => {
    over.abort();
    fetch();
  };
  for (const name of signs) host.addEventListener(name, touched, { signal: AbortSignal.any([signal, over.signal]) });
};

/** Waits for what `loading` names; for what it does not know it does not wait. */
export const wish = (loading: string, waiting: Waiting): void => {
  const { host, signal, fetch } = waiting;
  if (signal.aborted) return;
  if (loading === 'visible') whenVisible(host, signal, fetch);
  else if (loading === 'idle') whenIdle(() => void (signal.aborted || fetch()));
  else if (loading === 'interaction') whenTouched(waiting);
  else fetch();
};
