/** Waits for work, but not for ever: it goes on afterwards, and nobody hears what becomes of it. */
export const atMost = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** What the work gives. @throws {DOMException} `TimeoutError` when it takes longer; nobody hears what becomes of it. */
export const inTime = async <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  let stop = (): void => {};
  const late = new Promise<never>((_, reject) => {
    stop = whenLate(milliseconds, () => reject(tooLate(milliseconds)));
  });
  return Promise.race([work, late]).finally(stop);
};

/** How often it is looked whether a page is awake in the time that it has. */
const looks = 5;

/** Milliseconds that timers are late in a hidden page, where browsers let them run once a second. */
const usuallyLate = 1_000;

/**
 * Tells when so much time has passed in which this page was awake: one that was frozen, or a machine that slept, has
 * missed nothing yet when it wakes.
 *
 * @returns How to stop.
 */
export const whenLate = (milliseconds: number, tell: () => void): (() => void) => {
  const step = milliseconds / looks;
  let timer: ReturnType<typeof setTimeout>;
  const wait = (left: number, wasLate: boolean): void => {
    const due = performance.now() + step;
    timer = setTimeout(() => {
      const isLate = performance.now() > due + usuallyLate;
      // what it waits for comes after this; a page that is hidden for long is late every time, and awake
      if (isLate && !wasLate) wait(left, true);
      else if (left > 1) wait(left - 1, isLate);
      else tell();
    }, step);
  };
  wait(looks, false);
  return () => clearTimeout(timer);
};

export const tooLate = (milliseconds: number): DOMException =>
  new DOMException(`There was no answer within ${milliseconds} ms.`, 'TimeoutError');
