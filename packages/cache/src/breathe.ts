import { atMost } from './at-most.ts';

/** Milliseconds in which a page that is seen shows what it has. */
const frame = 100;

/** What was just told is on the screen by now; where nobody looks, nothing is waited for. */
export const painted = async (): Promise<void> => {
  if (globalThis.document?.visibilityState !== 'visible') return;
  await atMost(frame, new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
};

/** Milliseconds that work may take before the page gets its turn: half a frame. */
const stretch = 8;

interface Yielding {
  readonly scheduler?: { readonly yield?: () => Promise<void> };
}

/** Lets the page do what waits there, for work that is done in pieces: to be called between them. */
export const breathing = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < stretch) return;
    await pause();
    since = performance.now();
  };
};

/** A message instead of a timer: browsers delay timers that follow each other, and much so in pages in the background. */
const pause = (): Promise<void> => {
  const { scheduler } = globalThis as Yielding;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const go = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', go, { once: true });
    port1.start();
    port2.postMessage(null);
  });
};
